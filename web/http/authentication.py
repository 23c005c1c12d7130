"""Who is asking: cookie → login session → user with role, in one statement; no cookie, no statement."""

from anyio.to_thread import run_sync
from sqlalchemy import update
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.accounts.queries import SignedIn, find_signed_in
from web.database import Database
from web.http import current
from web.http.slots import Slots
from web.models.login_session import LoginSession

TOKEN_KEY = "token"  # noqa: S105 - the name of the cookie's entry, not a token


class AuthenticationMiddleware:
    """Puts `signed_in` on the request's state, and notes afterwards that the person was seen."""

    def __init__(self, app: ASGIApp, database: Database, slots: Slots) -> None:
        self.app = app
        self.database = database
        self.slots = slots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        token = request.session.get(TOKEN_KEY)
        if token is None:
            await self.app(scope, receive, send)
            return
        found = await run_sync(find_signed_in, current.session(request), str(token), current.now(request))
        request.state.signed_in = found
        try:
            await self.app(scope, receive, send)
        finally:
            if found is not None and not found.login_session.was_seen_recently(current.now(request)):
                await self._note_seen(request, found)

    async def _note_seen(self, request: Request, found: SignedIn) -> None:
        # The answer has left already: nobody waits for this write.
        identity, moment = found.login_session.id, current.now(request)

        def write() -> None:
            with self.database.session() as session:
                _touch(session, identity, moment)

        async with self.slots.taken(read_only=False):
            await run_sync(write)


def _touch(session: Session, login_session_id: int, moment: object) -> None:
    session.execute(update(LoginSession).where(LoginSession.id == login_session_id).values(last_seen_at=moment))
