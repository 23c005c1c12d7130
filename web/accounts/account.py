"""The page of one's own account."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.accounts import queries
from web.accounts.browser import require_signed_in
from web.accounts.forms import PasswordForm, ProfileForm
from web.accounts.user_agents import describe
from web.http import current
from web.http.responses import page


def show(request: Request) -> Response:
    """Profile, password, and where one is signed in."""
    require_signed_in(request)
    return account_page(request)


def account_page(request: Request, status: int = 200, **forms: Any) -> Response:
    """The whole page; `profile` or `password` replace the fresh forms after an error."""
    user = require_signed_in(request).user
    context: dict[str, Any] = {
        "profile": ProfileForm(obj=user),
        "password": PasswordForm(),
        "sessions": sessions(request),
    }
    return page(request, "accounts/show.html", status=status, user=user, **context | forms)


def sessions(request: Request) -> list[dict[str, Any]]:
    """Where the person is signed in, as the list shows it: here, then the others, last seen first."""
    signed_in = require_signed_in(request)
    found = queries.find_login_sessions(current.session(request), signed_in.user, current.now(request))
    rows = [
        {
            "id": session.id,
            "browser": describe(session.user_agent),
            "address": session.address,
            "last_seen_at": session.last_seen_at,
            "is_this": session.id == signed_in.login_session.id,
        }
        for session in found
    ]
    return sorted(rows, key=lambda row: not row["is_this"])
