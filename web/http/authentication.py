"""Who is asking: cookie → login session → user with role, in one statement; no cookie, no statement."""

import logging
from datetime import datetime

from anyio.to_thread import run_sync
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.accounts.queries import SESSION_LIFETIME, SignedIn, find_signed_in
from web.database import Database
from web.http import current, flashes
from web.http.current import TOKEN_KEY
from web.http.sharing import STRANGER, Reader
from web.http.slots import Slots
from web.models.login_session import SEEN_INTERVAL, LoginSession

logger = logging.getLogger("colophon.authentication")


def remember(request: Request, token: str) -> None:
    """Let this browser be signed in with the token. Nothing else stays in its cookie, but what is still to be said."""
    said = request.session.get(flashes.KEY)
    request.session.clear()
    request.session[TOKEN_KEY] = token
    if said:
        request.session[flashes.KEY] = said


def forget(request: Request) -> None:
    """Let this browser be a stranger's: its cookie is taken away."""
    request.session.clear()


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
            _tell_cache(request, None)
            await self.app(scope, receive, send)
            return
        found = await run_sync(find_signed_in, current.session(request), str(token), current.now(request))
        request.state.signed_in = found
        _tell_cache(request, found)
        await self.app(scope, receive, send)
        # Only after an answer: a unit of work that failed still holds the slot that noting would wait for.
        if found is not None and not found.login_session.was_seen_recently(current.now(request)):
            await self._note_seen(request, found)

    async def _note_seen(self, request: Request, found: SignedIn) -> None:
        # The answer has left already: nobody waits for this write.
        identity, moment = found.login_session.id, current.now(request)

        def write() -> None:
            with self.database.session() as session:
                _touch(session, identity, moment)

        try:
            async with self.slots.taken(read_only=False):
                await run_sync(write)
        except SQLAlchemyError:
            # The next request tries again; this one has its answer and must not become a fault.
            logger.warning("could not note when somebody was last seen", exc_info=True)


def _tell_cache(request: Request, found: SignedIn | None) -> None:
    sharing = current.sharing(request)
    # What is still to be said to this browser must be said on a page of its own.
    if sharing is not None and flashes.KEY not in request.session:
        sharing.reader = _reader(found) if found else STRANGER


def _reader(found: SignedIn) -> Reader:
    user, login_session = found.user, found.login_session
    # Whoever was not seen for long has to be noted again, which only the layers below do.
    known_until = min(login_session.last_seen_at + SEEN_INTERVAL, login_session.created_at + SESSION_LIFETIME)
    return Reader(user.role_lookup_code, user.id, user.display_name, found.unread_count, known_until)


def _touch(session: Session, login_session_id: int, moment: datetime) -> None:
    session.execute(update(LoginSession).where(LoginSession.id == login_session_id).values(last_seen_at=moment))
