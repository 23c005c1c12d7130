"""The sign of the blog that browsers ask for by a fixed address."""

from typing import cast

from starlette.requests import Request
from starlette.types import ASGIApp

from web.http.delivery import delivered
from web.http.static_files import HashedFiles, answer_with

NAME = "icons/favicon.ico"
ONE_DAY = "public, max-age=86400"


async def show(request: Request) -> ASGIApp:
    """The icon from the static files. Its address has no hash, so browsers ask again after a day."""
    files = cast(HashedFiles, request.app.state.static_files)
    return delivered(answer_with(NAME, files.body(NAME), ONE_DAY))
