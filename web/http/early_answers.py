"""Addresses that are answered before anything else: without slot, session, user or host check.

A probe must be answered although every slot is taken or the database is gone, and a file needs neither.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from web.http.responses import error_page

EarlyView = Callable[[Request], Awaitable[ASGIApp]]
METHODS = ("GET", "HEAD")


class EarlyAnswersMiddleware:
    """Answers these addresses by itself; everything else goes on to the application.

    One that ends with a slash stands for all that begin with it.
    """

    def __init__(self, app: ASGIApp, views: Mapping[str, EarlyView]) -> None:
        self.app = app
        self.views = views
        self.folders = tuple((address, view) for address, view in views.items() if address.endswith("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        view = self._view(scope["path"]) if scope["type"] == "http" else None
        if view is None:
            await self.app(scope, receive, send)
        elif scope["method"] in METHODS:
            await (await view(Request(scope)))(scope, receive, send)
        else:
            await error_page(scope, 405, headers={"Allow": ", ".join(METHODS)})(scope, receive, send)

    def _view(self, path: str) -> EarlyView | None:
        exact = self.views.get(path)
        return exact or next((view for folder, view in self.folders if path.startswith(folder)), None)
