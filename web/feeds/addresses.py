"""Addresses with scheme and host, for those who read elsewhere."""

from typing import cast

from starlette.requests import Request

from web.html.paths import Paths
from web.http.responses import base_url


def absolute_address(request: Request, name: str, **parameters: object) -> str:
    """The whole address of a route. Raises KeyError for an unknown one."""
    path_to = cast(Paths, request.app.state.environment.globals["path_to"])
    return base_url(request) + path_to(name, **parameters)
