"""What belongs to this request: its session, its user, its form, its time.

Everything hangs from the request itself; there is no global state to forget about.
"""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile
from starlette.requests import Request

from web.accounts.queries import SignedIn, find_signed_in, find_user
from web.accounts.rules import user_of_token
from web.blog.queries import Site, load_site
from web.html.form_input import FormInput
from web.http.errors import ForbiddenError, SignInRequiredError
from web.http.sharing import Sharing, find_sharing
from web.http.unit_of_work import UnitOfWork
from web.models.setting import Blog
from web.models.user import User

# The name of the session cookie's entry that holds the token.
TOKEN_KEY = "token"  # noqa: S105 - a name, not a token

Clock = Callable[[], datetime]


def unit(request: Request) -> UnitOfWork:
    """The request's unit of work."""
    return cast(UnitOfWork, request.state.unit)


def session(request: Request) -> Session:
    """The database session of the request's unit of work."""
    return unit(request).session


def signed_in(request: Request) -> SignedIn | None:
    """Who is signed in, with the login session and the number of unread messages: asked for once per request."""
    if not hasattr(request.state, "signed_in"):
        token = request.session.get(TOKEN_KEY)
        found = find_signed_in(session(request), str(token), now(request)) if token is not None else None
        request.state.signed_in = found
    return signed_in_so_far(request)


def signed_in_so_far(request: Request) -> SignedIn | None:
    """The same for whoever must not ask the database: None where nobody wanted to know."""
    return cast("SignedIn | None", getattr(request.state, "signed_in", None))


def user(request: Request) -> User | None:
    """Who is signed in, or None for a stranger."""
    found = signed_in(request)
    return found.user if found else None


def former_user(request: Request) -> User | None:
    """Who was signed in in this browser until the session ended; None for everybody else.

    The cookie's signature has been checked, and it is not older than a session can be. It lets nobody in.
    """
    token = request.session.get(TOKEN_KEY)
    user_id = user_of_token(str(token)) if token is not None and signed_in(request) is None else None
    return find_user(session(request), user_id) if user_id is not None else None


def require_user(request: Request) -> User:
    """Who is signed in. Raises SignInRequiredError for a stranger."""
    found = user(request)
    if found is None:
        raise SignInRequiredError
    return found


def own_user(request: Request) -> User:
    """Whoever is signed in, as the present session knows them: after slow work outside it is another session.

    Raises SignInRequiredError for a stranger.
    """
    return session(request).get_one(User, require_user(request).id)


def require(request: Request, may: Callable[[User], bool]) -> User:
    """Who is signed in and may. Raises SignInRequiredError for a stranger, ForbiddenError for all others."""
    found = require_user(request)
    if not may(found):
        raise ForbiddenError
    return found


def site(request: Request) -> Site:
    """The blog's settings and its menu, read once per request."""
    found: Site | None = getattr(request.state, "site", None)
    if found is None:
        found = request.state.site = load_site(session(request), now(request))
    return found


def blog(request: Request) -> Blog:
    """The blog's settings."""
    return site(request).blog


def forget_loaded(request: Request) -> None:
    """Ask the database again for what this request knows of it: the session that it came from is over."""
    for name in ("signed_in", "site"):
        if hasattr(request.state, name):
            delattr(request.state, name)


def sharing(request: Request) -> Sharing | None:
    """What is noted about sharing the answer; None where answers are never shared."""
    return find_sharing(request.scope)


def form(request: Request) -> FormInput:
    """What was sent with a POST."""
    return cast(FormInput, request.state.form)


def files(request: Request, name: str) -> list[UploadFile]:
    """The files that were sent in a field, for a view that takes some. They are closed when it has answered."""
    found = cast("list[tuple[str, UploadFile]]", request.state.files)
    # A browser sends a nameless, empty one when none was chosen.
    return [file for field, file in found if field == name and (file.filename or file.size)]


def now(request: Request) -> datetime:
    """The time of this request, the same from its beginning to its end."""
    found: datetime | None = getattr(request.state, "now", None)
    if found is None:
        found = request.state.now = cast(Clock, request.app.state.clock)()
    return found


def address(request: Request) -> str:
    """The network address of the client, as far as the trusted proxies tell it."""
    return request.client.host[:45] if request.client else ""


def is_htmx(request: Request) -> bool:
    """Whether htmx sent it and will swap the answer into the page. Going back in history is not that."""
    headers = request.headers
    return headers.get("hx-request") == "true" and "hx-history-restore-request" not in headers
