"""Signing out."""

from starlette.requests import Request
from starlette.responses import Response

from web.accounts import actions
from web.http import authentication, current
from web.http.responses import redirect_all


def create(request: Request) -> Response:
    """End this browser's session. Whoever is signed out already stays so."""
    signed_in = current.signed_in(request)
    if signed_in is not None:
        actions.end_session(current.session(request), signed_in.login_session.id)
    authentication.forget(request)
    return redirect_all(request, "/")
