"""Where somebody is signed in."""

from starlette.requests import Request
from starlette.responses import Response

from web.accounts import actions, queries
from web.accounts.account import sessions
from web.accounts.browser import require_signed_in
from web.http import authentication, current, flashes
from web.http.errors import NotFoundError
from web.http.responses import fragment, redirect, redirect_all

ENDED = "That browser has been signed out."


def destroy(request: Request) -> Response:
    """Sign one of one's own browsers out, perhaps this one."""
    signed_in, session = require_signed_in(request), current.session(request)
    found = queries.find_login_session(session, signed_in.user, request.path_params["id"])
    if found is None:
        raise NotFoundError
    actions.end_session(session, found.id)
    if found.id == signed_in.login_session.id:
        authentication.forget(request)
        return redirect_all(request, "/")
    return _remaining(request)


def _remaining(request: Request) -> Response:
    if current.is_htmx(request):
        return fragment(request, "accounts/_sessions.html", sessions=sessions(request), said=ENDED)
    flashes.add(request, "success", ENDED)
    return redirect("/account")
