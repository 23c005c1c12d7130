"""One database session per request: committed or rolled back before the first byte of the answer.

The rule for whoever writes a view: raise rolls back, returning below 400 commits. Nothing else
commits. A handler that answers below 400 after something was raised says `roll_back()`; an answer of
400 or more that must be remembered says `commit_anyway()`.
"""

from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar, TypeVarTuple

from anyio import CancelScope
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.database import Database
from web.database.replica import Replica, ReplicaError
from web.http.slots import Slots

# Entries of the request's state: set by whoever wants the replica to be read, and how far it had read at least.
REPLICA, REPLICA_POSITION = "colophon.replica", "colophon.replica_position"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


class UnitOfWork:
    """The unit of one request: a slot, a session, and what is to become of it."""

    def __init__(self, database: Database | Replica, slots: Slots, *, read_only: bool) -> None:
        self._database = database
        self._slots = slots
        self._limiter = slots.limiter(read_only=read_only)
        self._read_only = read_only
        self._wish: bool | None = None
        self._has_slot = False
        self._is_finished = False
        self._session: Session | None = None
        self.has_written = False
        # How far the replica had read at least, where it was asked.
        self.replica_position: int | None = None

    @property
    def session(self) -> Session:
        """The session. Raises RuntimeError once the unit is finished, as in a background task."""
        if self._session is None:
            raise RuntimeError("the unit of work is over: its session cannot be used any more")
        return self._session

    def roll_back(self) -> None:
        """Roll back whatever the status of the answer."""
        self._wish = False

    def commit_anyway(self) -> None:
        """Commit whatever the status of the answer."""
        self._wish = True

    async def run(self, function: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """Run a function that uses the session in a thread, to its end even when cancelled."""
        return await self._slots.run(function, *arguments)

    def settle(self, *, status: int) -> None:
        """Commit or roll back and close the session for an answer with this status, in the thread that made it.

        Nothing may use the session afterwards. Raises what the commit raises; then nothing was stored.
        """
        if self._session is not None:
            session, self._session = self._session, None
            self._end_transaction(session, self._is_to_commit(status))

    async def begin(self) -> None:
        """Wait for a slot and open the session. The transaction begins with the first statement."""
        await self._limiter.acquire_on_behalf_of(self)
        self._has_slot = True
        self._session = self._database.open_session(read_only=self._read_only)

    def start_over(self) -> None:
        """Throw away what was done, in the thread that did it, and go on with a new session.

        Objects loaded before cannot be used any more.
        """
        self.session.close()
        self._session, self._wish = self._database.open_session(read_only=self._read_only), None

    @asynccontextmanager
    async def stepped_outside(self) -> AsyncIterator[None]:
        """Give slot and transaction back for slow work without the database, then take a slot again.

        What was not committed is rolled back: do the writing afterwards. Objects loaded before
        cannot be used any more, because a new session begins.
        """
        await self._end(commit=False)
        try:
            yield
        finally:
            await self.begin()

    async def write_apart(self, write: Callable[[Session], Result]) -> Result:
        """Write in a unit of its own, in the middle of a request that only reads. It is committed at once.

        Objects loaded before cannot be used any more, as after `stepped_outside`.
        """

        primary = self._database
        if isinstance(primary, Replica):
            raise ReplicaError("a replica is only read from")

        def run() -> Result:
            with primary.session() as session:
                return write(session)

        async with self.stepped_outside(), self._slots.taken(read_only=False):
            return await self._slots.run(run)

    async def finish(self, *, status: int) -> None:
        """Commit or roll back, close the session, free the slot: exactly once, even when cancelled.

        Raises what the commit raises; then nothing was stored.
        """
        if self._is_finished:
            return
        self._is_finished = True
        with CancelScope(shield=True):
            await self._end(commit=self._is_to_commit(status))

    def _is_to_commit(self, status: int) -> bool:
        return status < 400 if self._wish is None else self._wish

    async def _end(self, *, commit: bool) -> None:
        session, self._session = self._session, None
        try:
            if session is not None:
                await self._close(session, commit=commit)
        finally:
            if self._has_slot:
                self._has_slot = False
                self._limiter.release_on_behalf_of(self)

    async def _close(self, session: Session, *, commit: bool) -> None:
        # A session that was given nothing to do has no transaction: no thread is needed to close it.
        if session.in_transaction():
            await self._slots.run(self._end_transaction, session, commit)
        else:
            session.close()

    def _end_transaction(self, session: Session, commit: bool) -> None:
        has_begun = session.in_transaction()
        try:
            if has_begun and isinstance(self._database, Replica):
                self.replica_position = self._database.position_of(session)
            if commit:
                session.commit()
                self.has_written |= has_begun and not self._read_only
        finally:
            session.close()


class UnitOfWorkMiddleware:
    """Gives each request its unit and finishes it when the answer starts."""

    def __init__(self, app: ASGIApp, database: Database, slots: Slots, replica: Replica | None = None) -> None:
        self.app = app
        self.database = database
        self.slots = slots
        self.replica = replica
        # Of its own: those who wait for a replica that has fallen silent must not keep others from the primary.
        self.replica_slots = Slots(replica.database) if replica else slots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        unit = state["unit"] = self._unit(state, read_only=scope["method"] in SAFE_METHODS)

        async def send_after_finish(message: Message) -> None:
            # Exactly this type: early hints and the like may be sent before the answer starts.
            if message["type"] == "http.response.start":
                await unit.finish(status=message["status"])
                state[REPLICA_POSITION] = unit.replica_position
            await send(message)

        try:
            await unit.begin()
            await self.app(scope, receive, send_after_finish)
        finally:
            await unit.finish(status=500)

    def _unit(self, state: MutableMapping[str, Any], *, read_only: bool) -> UnitOfWork:
        if self.replica is not None and read_only and state.get(REPLICA):
            return UnitOfWork(self.replica, self.replica_slots, read_only=True)
        return UnitOfWork(self.database, self.slots, read_only=read_only)
