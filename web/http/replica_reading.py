"""Lets strangers read from the replica, and nobody notice when it fails.

A browser that has just written reads from the primary until the replica surely has what it wrote: a cookie of its
own, signed and gone within seconds, says when that was. So does everybody who is signed in, whose session may end at
any moment. What fails on the replica before its answer has begun is answered by the primary.
"""

import logging
import time

from itsdangerous import BadSignature, TimestampSigner
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.database.replica import SILENT, Replica, ReplicaError
from web.http.database_gone import is_out_of_reach
from web.http.request_log import request_id
from web.http.sharing import find_sharing
from web.http.unit_of_work import REPLICA, REPLICA_POSITION, SAFE_METHODS

logger = logging.getLogger("colophon.replica")

READING = frozenset({"GET", "HEAD"})
COOKIE = "colophon-written"
# Clocks of several machines differ a little.
SLACK_SECONDS = 3


class ReplicaReadingMiddleware:
    """Decides which requests read from the replica. Stands below the session cookie and above the unit of work."""

    def __init__(self, app: ASGIApp, replica: Replica, secret_key: str, *, is_https: bool) -> None:
        self.app = app
        self.replica = replica
        self.cookie = f"__Host-{COOKIE}" if is_https else COOKIE
        self.flags = "path=/; httponly; samesite=lax" + ("; secure" if is_https else "")
        self.seconds = replica.settled_seconds + SLACK_SECONDS
        self.signer = TimestampSigner(secret_key, salt="colophon written")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] not in SAFE_METHODS:
            await self.app(scope, receive, self._marking(scope, send))
        elif not self._may_be_late(scope) or not await self._is_answered(scope, receive, send):
            await self.app(scope, receive, send)

    def _may_be_late(self, scope: Scope) -> bool:
        """Whether it is a stranger's read that may lack what was written in the last seconds."""
        if scope["method"] not in READING or scope["session"] or not self.replica.is_well:
            return False
        # What is kept for many readers must not lack what others have written.
        sharing = find_sharing(scope)
        if sharing is not None and sharing.is_wanted and not self.replica.has_all_changes():
            return False
        request = HTTPConnection(scope)
        return "authorization" not in request.headers and not self._has_just_written(request)

    def _has_just_written(self, request: HTTPConnection) -> bool:
        mark = request.cookies.get(self.cookie)
        if mark is None:
            return False
        try:
            _, written_at = self.signer.unsign(mark, return_timestamp=True)
        except BadSignature:
            return False
        # A time to come is the clock of another machine.
        return time.time() - written_at.timestamp() < self.seconds

    async def _is_answered(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Let the replica answer. False when it could not, and nothing has been sent."""
        before, state_before, has_started = dict(scope), dict(scope.get("state", {})), False
        scope.setdefault("state", {})[REPLICA] = True

        async def send_noting(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                self._note_age(scope)
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except (ReplicaError, SQLAlchemyError) as error:
            if has_started:
                raise
            self._look_at(error)
            _restore(scope, before, state_before)
            return False
        return True

    def _note_age(self, scope: Scope) -> None:
        sharing, position = find_sharing(scope), scope["state"][REPLICA_POSITION]
        # Another standby than the one that was looked at may have answered.
        if sharing is not None and position is not None and not self.replica.has_all_changes(position):
            sharing.is_outdated = True

    def _look_at(self, error: Exception) -> None:
        # Other faults of a statement are ours: the primary will say the same.
        if isinstance(error, ReplicaError):
            self.replica.distrust(str(error))
        elif is_out_of_reach(error):
            logger.info("%s the replica failed: %s", request_id.get(), getattr(error, "orig", error))
            self.replica.distrust(SILENT)

    def _marking(self, scope: Scope, send: Send) -> Send:
        async def send_marked(message: Message) -> None:
            # By now the unit of work is finished.
            if message["type"] == "http.response.start" and scope["state"]["unit"].has_written:
                mark = self.signer.sign(b"").decode()
                value = f"{self.cookie}={mark}; max-age={self.seconds}; {self.flags}"
                MutableHeaders(scope=message).append("set-cookie", value)
            await send(message)

        return send_marked


def _restore(scope: Scope, before: Scope, state_before: dict[str, object]) -> None:
    # The layers around this one hold the same two dictionaries.
    state = scope["state"]
    state.clear()
    state.update(state_before)
    scope.clear()
    scope.update(before, state=state)
    if scope["session"]:
        scope["session"].clear()
