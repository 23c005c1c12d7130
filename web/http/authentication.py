"""Who is asking: cookie → login session → user with role, in one statement; no cookie, no statement.

`current.signed_in` makes the statement when it is asked for the first time; here is what stands around it.
"""

import logging
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.accounts.queries import SignedIn
from web.database import Database
from web.http import current, flashes
from web.http.current import TOKEN_KEY
from web.http.slots import Slots
from web.models.login_session import LoginSession

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
    """Notes after the answer that the person who is signed in was seen."""

    def __init__(self, app: ASGIApp, database: Database, slots: Slots) -> None:
        self.app = app
        self.database = database
        self.slots = slots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, send)
        # Only after an answer: a unit of work that failed still holds the slot that noting would wait for.
        request = Request(scope)
        found = current.signed_in_so_far(request)
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
                await self.slots.run(write)
        except SQLAlchemyError:
            # The next request tries again; this one has its answer and must not become a fault.
            logger.warning("could not note when somebody was last seen", exc_info=True)


def _touch(session: Session, login_session_id: int, moment: datetime) -> None:
    session.execute(update(LoginSession).where(LoginSession.id == login_session_id).values(last_seen_at=moment))
