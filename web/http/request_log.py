"""Names each request and writes one line about it, so that a fault can be found again."""

import logging
import re
import secrets
import time
from contextvars import ContextVar

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("colophon.request")
request_id: ContextVar[str] = ContextVar("request_id", default="-")
# The entry of the scope that tells the method which was sent, where a layer above asks for another one.
SENT_METHOD = "colophon.sent_method"
SECRET_PATH = re.compile(r"^(/preview/).+", re.DOTALL)


def path_without_secret(path: str) -> str:
    """The path as logs may tell it: of an address that is a secret link only the beginning."""
    return SECRET_PATH.sub(r"\1…", path)


class RequestLogMiddleware:
    """Gives the request an id (also a header of the answer) and logs method, path, status and time.

    The query is left out: it may hold what somebody searched for, or a secret link.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identity, started, status = secrets.token_hex(6), time.perf_counter(), 0
        request_id.set(identity)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = identity
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            milliseconds = (time.perf_counter() - started) * 1000
            method, path = scope.get(SENT_METHOD, scope["method"]), path_without_secret(scope["path"])
            # %r keeps line breaks that somebody put into a path out of the log.
            logger.info("%s %s %r %s %.1f ms", identity, method, path, status, milliseconds)
