"""The exceptions that a view may raise, and the pages they become."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import quote, urlsplit

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.http.request_log import request_id
from web.http.responses import error_page, page

logger = logging.getLogger("colophon.error")

RETRY_AFTER_SECONDS = 5
PAGES_WITH_NAVIGATION = frozenset({403, 404, 429})


class NotFoundError(HTTPException):
    """There is no such thing, or the person may not see it, which is the same from outside."""

    def __init__(self) -> None:
        super().__init__(404)


class ForbiddenError(HTTPException):
    """The person sees it but may not do that with it."""

    def __init__(self) -> None:
        super().__init__(403)


class TooManyRequestsError(HTTPException):
    """The person must wait. `wait_minutes` is how long."""

    def __init__(self, wait_minutes: int) -> None:
        super().__init__(429, headers={"Retry-After": str(wait_minutes * 60)})
        self.wait_minutes = wait_minutes


class SignInRequiredError(Exception):
    """A stranger asked for something that needs an account."""


async def on_sign_in_required(request: Request, _error: Exception) -> Response:
    """Send the browser to the sign-in page and from there back; what was begun is rolled back."""
    request.state.unit.roll_back()
    if request.headers.get("hx-request") == "true":
        # fetch would follow a 303 by itself, and the sign-in page would land inside a panel.
        where = urlsplit(request.headers.get("hx-current-url", "/")).path
        return Response(status_code=401, headers={"HX-Redirect": f"/sign-in?next={quote(where)}"})
    where = request.url.path if request.method == "GET" else "/"
    return RedirectResponse(f"/sign-in?next={quote(where)}", status_code=303)


def on_http_exception(request: Request, error: Exception) -> Response:
    """An error page in the blog's own hand, where possible with its navigation."""
    error = cast(HTTPException, error)
    wait_minutes = getattr(error, "wait_minutes", None)
    headers = dict(error.headers or {})
    if error.status_code in PAGES_WITH_NAVIGATION and hasattr(request.state, "unit"):
        template = f"errors/{error.status_code}.html"
        return page(request, template, status=error.status_code, headers=headers, wait_minutes=wait_minutes)
    return error_page(request.scope, error.status_code, headers=headers, wait_minutes=wait_minutes)


def on_database_error(request: Request, error: Exception) -> Response:
    """503 when the database is out of reach, which passes; anything else is a fault of ours."""
    is_gone = isinstance(error, OperationalError | PoolTimeoutError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
    if not is_gone:
        raise error
    logger.error("%s database out of reach: %s", request_id.get(), error)
    return error_page(request.scope, 503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


async def on_fault(request: Request, error: Exception) -> Response:
    """The page of last resort: no database, no user. The log line has the same id as the page."""
    logger.error("%s %s %r failed", request_id.get(), request.method, request.url.path, exc_info=error)
    return error_page(request.scope, 500, request_id=request_id.get())


HANDLERS: Mapping[Any, Callable[[Request, Exception], Any]] = {
    SignInRequiredError: on_sign_in_required,
    HTTPException: on_http_exception,
    OperationalError: on_database_error,
    DBAPIError: on_database_error,
    PoolTimeoutError: on_database_error,
    Exception: on_fault,
}
