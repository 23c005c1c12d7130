"""The sign of the blog that browsers ask for by a fixed address."""

from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from web.http.static_files import HashedFiles

ONE_DAY = "public, max-age=86400"


async def show(request: Request) -> Response:
    """The icon from the static files. Its address has no hash, so browsers ask again after a day."""
    files = cast(HashedFiles, request.app.state.static_files)
    response = await files.get_response("icons/favicon.ico", request.scope)
    response.headers["Cache-Control"] = ONE_DAY
    return response
