"""Ties an account to the browser that is asking."""

from typing import cast

from starlette.requests import Request

from web.accounts import actions
from web.accounts.actions import Browser
from web.accounts.passwords import Passwords
from web.accounts.queries import SignedIn
from web.http import authentication, current
from web.http.errors import SignInRequiredError, TooManyRequestsError
from web.models.user import User


def passwords(request: Request) -> Passwords:
    """The application's hasher."""
    return cast(Passwords, request.app.state.passwords)


def require_signed_in(request: Request) -> SignedIn:
    """Who is signed in, and the session of this browser. Raises SignInRequiredError for a stranger."""
    found = current.signed_in(request)
    if found is None:
        raise SignInRequiredError
    return found


def sign_in(request: Request, user: User) -> None:
    """Let this browser be signed in as `user`, under a token that nobody has seen before."""
    session, now = current.session(request), current.now(request)
    before = current.signed_in(request)
    if before is not None:
        actions.end_session(session, before.login_session.id)
    browser = Browser(request.headers.get("user-agent", ""), current.address(request))
    authentication.remember(request, actions.start_session(session, user, browser, now))


def require_patience(request: Request, login: str) -> None:
    """Raises TooManyRequestsError when this name or this address has failed too often lately."""
    session, now = current.session(request), current.now(request)
    minutes = actions.minutes_to_wait(session, login, current.address(request), now)
    if minutes:
        raise TooManyRequestsError(minutes)


def remember_failure(request: Request, login: str) -> None:
    """Count a wrong password. It stays counted although the answer is an error."""
    actions.record_failure(current.session(request), login, current.address(request), current.now(request))
    current.unit(request).commit_anyway()
