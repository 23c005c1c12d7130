"""One database session per request: committed or rolled back before the first byte of the answer.

The rule for whoever writes a view: raise rolls back, returning below 400 commits. Nothing else
commits. A handler that answers below 400 after something was raised says `roll_back()`; an answer of
400 or more that must be remembered says `commit_anyway()`.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CancelScope
from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.database import Database
from web.http.slots import Slots

Result = TypeVar("Result")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class UnitOfWork:
    """The unit of one request: a slot, a session, and what is to become of it."""

    def __init__(self, database: Database, slots: Slots, *, read_only: bool) -> None:
        self._database = database
        self._slots = slots
        self._limiter = slots.limiter(read_only=read_only)
        self._read_only = read_only
        self._wish: bool | None = None
        self._has_slot = False
        self._is_finished = False
        self._session: Session | None = None

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

    async def begin(self) -> None:
        """Wait for a slot and open the session. The transaction begins with the first statement."""
        await self._limiter.acquire_on_behalf_of(self)
        self._has_slot = True
        self._session = self._database.open_session(read_only=self._read_only)

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

        def run() -> Result:
            with self._database.session() as session:
                return write(session)

        async with self.stepped_outside(), self._slots.taken(read_only=False):
            return await run_sync(run)

    async def finish(self, *, status: int) -> None:
        """Commit or roll back, close the session, free the slot: exactly once, even when cancelled.

        Raises what the commit raises; then nothing was stored.
        """
        if self._is_finished:
            return
        self._is_finished = True
        commit = status < 400 if self._wish is None else self._wish
        with CancelScope(shield=True):
            await self._end(commit=commit)

    async def _end(self, *, commit: bool) -> None:
        session, self._session = self._session, None
        try:
            if session is not None:
                await _close(session, commit=commit)
        finally:
            if self._has_slot:
                self._has_slot = False
                self._limiter.release_on_behalf_of(self)


class UnitOfWorkMiddleware:
    """Gives each request its unit and finishes it when the answer starts."""

    def __init__(self, app: ASGIApp, database: Database, slots: Slots) -> None:
        self.app = app
        self.database = database
        self.slots = slots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        unit = UnitOfWork(self.database, self.slots, read_only=scope["method"] in SAFE_METHODS)
        scope.setdefault("state", {})["unit"] = unit

        async def send_after_finish(message: Message) -> None:
            # Exactly this type: early hints and the like may be sent before the answer starts.
            if message["type"] == "http.response.start":
                await unit.finish(status=message["status"])
            await send(message)

        try:
            await unit.begin()
            await self.app(scope, receive, send_after_finish)
        finally:
            await unit.finish(status=500)


async def _close(session: Session, *, commit: bool) -> None:
    # A session that was given nothing to do has no transaction: no thread is needed to close it.
    if session.in_transaction():
        await run_sync(_end_transaction, session, commit)
    else:
        session.close()


def _end_transaction(session: Session, commit: bool) -> None:
    try:
        if commit:
            session.commit()
    finally:
        session.close()
