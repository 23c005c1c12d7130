"""What becomes of exceptions: pages in the blog's own hand, or the way to the sign-in page."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.http import current
from web.http.errors import SignInRequiredError
from web.http.request_log import path_without_secret, request_id
from web.http.responses import error_page, page
from web.posts.moved import moved_to

logger = logging.getLogger("colophon.error")

PAGES_WITH_NAVIGATION = frozenset({403, 404, 429})


async def on_sign_in_required(request: Request, _error: Exception) -> Response:
    """Send the browser to the sign-in page and from there back; what was begun is rolled back."""
    current.unit(request).roll_back()
    if request.headers.get("hx-request") == "true":
        # fetch would follow a 303 by itself, and the sign-in page would land inside a panel.
        where = _path_of(request.headers.get("hx-current-url", "/"))
        return Response(status_code=401, headers={"HX-Redirect": f"/sign-in?next={quote(where)}"})
    where = "/" if request.method == "POST" else request.url.path
    return RedirectResponse(f"/sign-in?next={quote(where)}", status_code=303)


def on_http_exception(request: Request, error: Exception) -> Response:
    """An error page, where possible with the blog's navigation."""
    error = cast(HTTPException, error)
    if error.status_code == HTTPStatus.NOT_FOUND and (elsewhere := _moved_to(request)):
        return RedirectResponse(elsewhere, HTTPStatus.MOVED_PERMANENTLY)
    wait_minutes = getattr(error, "wait_minutes", None)
    headers = dict(error.headers or {})
    if error.status_code in PAGES_WITH_NAVIGATION:
        template = f"errors/{error.status_code}.html"
        return page(request, template, status=error.status_code, headers=headers, wait_minutes=wait_minutes)
    return error_page(request.scope, error.status_code, headers=headers, wait_minutes=wait_minutes)


async def on_fault(request: Request, error: Exception) -> Response:
    """The page of last resort: no database, no user. The log line has the same id as the page."""
    path = path_without_secret(request.scope["path"])
    logger.error("%s %s %r failed", request_id.get(), request.method, path, exc_info=error)
    return error_page(request.scope, 500, request_id=request_id.get())


HANDLERS: Mapping[Any, Callable[[Request, Exception], Any]] = {
    SignInRequiredError: on_sign_in_required,
    HTTPException: on_http_exception,
    Exception: on_fault,
}


def _moved_to(request: Request) -> str | None:
    # Only what no route knows can be an address of another blog.
    if request.method not in ("GET", "HEAD") or "endpoint" in request.scope:
        return None
    return moved_to(current.session(request), request.url.path, current.now(request))


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path or "/"
    except ValueError:
        return "/"
