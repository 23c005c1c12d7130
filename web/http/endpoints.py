"""Turns plain views into endpoints: one address, one route, a view per method.

The form is awaited first; then a plain `def` runs in a worker thread, for it waits for the database.
"""

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from inspect import iscoroutinefunction
from typing import cast

from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.database.locks import is_circle
from web.html.form_input import MAX_FIELDS, FormInput, is_utf8, parse
from web.http import current
from web.http.request_log import request_id
from web.http.responses import recalled
from web.http.unit_of_work import SAFE_METHODS

logger = logging.getLogger("colophon.database")

View = Callable[[Request], Response]
AsyncView = Callable[[Request], Awaitable[Response]]
# More than a person chooses at once; a view may allow fewer.
MAX_FILES = 100


def address(
    path: str,
    name: str,
    *,
    get: View | AsyncView | None = None,
    post: View | AsyncView | None = None,
    takes_files: bool = False,
) -> Route:
    """One row of the URL map. HEAD is answered like GET; other methods get 405.

    With `takes_files` the view finds files that were sent with a POST in `current.files`.
    """
    views = {method: (view, not iscoroutinefunction(view)) for method, view in (("GET", get), ("POST", post)) if view}

    async def endpoint(request: Request) -> Response:
        view = views["GET" if request.method == "HEAD" else request.method]
        if request.method == "POST" and takes_files:
            async with read_upload(request):
                return await _run(*view, request)
        if request.method == "POST":
            request.state.form = await read_form(request)
        return await _run(*view, request)

    route = Route(path, endpoint, methods=list(views), name=name)
    # Starlette ends the pattern with `$`, which would take the same address with a line feed behind it too.
    route.path_regex = re.compile(route.path_regex.pattern.removesuffix("$") + r"\Z")
    return route


async def run_view(view: View, request: Request) -> Response:
    """Run a plain view in a thread, and there end its unit of work too: going back for that costs more than the end."""
    return await current.unit(request).run(_answer, view, request)


def _answer(view: View, request: Request) -> Response:
    # Who only reads waits for nobody.
    answer = view if request.method in SAFE_METHODS else partial(_once_more_after_a_circle, view)
    response = recalled(request) or answer(request)
    current.unit(request).settle(status=response.status_code)
    return response


def _once_more_after_a_circle(view: View, request: Request) -> Response:
    kept = dict(request.session)
    try:
        return view(request)
    except DBAPIError as error:
        if not is_circle(error):
            raise
    # Nothing of it was stored: the view begins anew, as if the request had come a moment later.
    logger.warning("%s writers waited for each other: once more", request_id.get())
    current.unit(request).start_over()
    current.forget_loaded(request)
    request.session.clear()
    request.session.update(kept)
    return view(request)


async def _run(view: View | AsyncView, is_plain: bool, request: Request) -> Response:
    if is_plain:
        return await run_view(cast(View, view), request)
    # On the event loop nobody may ask the database who it is.
    await current.unit(request).run(current.signed_in, request)
    return await cast(AsyncView, view)(request)


@asynccontextmanager
async def read_upload(request: Request) -> AsyncIterator[None]:
    """The text fields and the files of the request's form, which are closed afterwards.

    What is large lies in a temporary file: nothing here holds it in memory. Raises a 400 for a broken form.
    """
    if _kind_of(request) != "multipart/form-data":
        request.state.form, request.state.files = await read_form(request), []
        yield
        return
    limit = request.app.state.settings.body_limit
    async with request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=limit) as data:
        items = data.multi_items()
        request.state.form = FormInput([(name, value) for name, value in items if isinstance(value, str)])
        request.state.files = [(name, value) for name, value in items if not isinstance(value, str)]
        yield


async def read_form(request: Request) -> FormInput:
    """The text fields of the request's form; files are none of its business. Raises a 400 for a broken one."""
    # Read first: the form parser would use it up.
    body = await request.body()
    kind = _kind_of(request)
    if kind == "multipart/form-data":
        return await _read_multipart(request, body)
    try:
        return parse(body) if kind == "application/x-www-form-urlencoded" else FormInput()
    except ValueError:
        raise HTTPException(400) from None


async def _read_multipart(request: Request, body: bytes) -> FormInput:
    limit = request.app.state.settings.body_limit
    async with request.form(max_fields=MAX_FIELDS, max_part_size=limit) as data:
        items = [(name, value) for name, value in data.multi_items() if isinstance(value, str)]
        has_files = len(items) < len(data.multi_items())
    if has_files or is_utf8(body):
        return FormInput(items)
    return FormInput(((name, _as_sent(value, body)) for name, value in items), is_decodable=False)


def _as_sent(value: str, body: bytes) -> str:
    # Starlette takes text that is not UTF-8 for Latin-1: better none than another.
    return value if value.encode() in body else value.encode("latin-1").decode("utf-8", "replace")


def _kind_of(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
