"""Refuses what another site's page makes a browser send.

No tokens: browsers say themselves where a request comes from, in `Sec-Fetch-Site`, else in `Origin`
(the same check as CrossOriginProtection of Go's standard library). A request with a cookie and
neither header is refused. A request without cookies acts for nobody and may pass: a command line.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.http.unit_of_work import SAFE_METHODS

TEXT = "This request came from another site and was refused. Nothing was changed."


class CrossOriginMiddleware:
    """Answers 403 itself, without an exception: it stands outside of the exception handlers."""

    def __init__(self, app: ASGIApp, base_url: str = "") -> None:
        self.app = app
        self.own_host = _host_of(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not self._is_allowed(scope):
            await Response(TEXT, status_code=403, media_type="text/plain")(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = headers.get("origin")
        if origin is not None:
            return _host_of(origin) in {headers.get("host"), self.own_host} - {None, ""}
        return "cookie" not in headers


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
