"""Who is asking: cookie → login session → user with role, in one statement; no cookie, no statement.

`current.signed_in` makes the statement when it is asked for the first time; here is what stands around it.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.database import Database
from web.http import current, flashes
from web.http.current import TOKEN_KEY
from web.http.sightings import Sightings
from web.http.slots import Slots


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
        self._sightings = Sightings(database, slots)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, send)
        # Only after an answer: a unit of work that failed still holds the slot that noting would wait for.
        request = Request(scope)
        found = current.signed_in_so_far(request)
        if found is not None and not found.login_session.was_seen_recently(current.now(request)):
            await self._sightings.note(found.login_session.id, current.now(request))
