"""Answers 503 when the database is out of reach: that passes, and the same request may be sent again."""

import logging

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.request_log import request_id
from web.http.responses import error_page

logger = logging.getLogger("colophon.error")

RETRY_AFTER_SECONDS = 5


class DatabaseGoneMiddleware:
    """Stands around whatever uses the database or writes the cookie, so that nothing half done goes out.

    By then the unit of work has been rolled back. Other faults of the database are faults of ours and pass.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_started = False

        async def send_noting(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except (DBAPIError, PoolTimeoutError) as error:
            if has_started or not is_out_of_reach(error):
                raise
            # The driver's words only: the statement's values are nobody's business.
            logger.error("%s database out of reach: %s", request_id.get(), getattr(error, "orig", error))
            await error_page(scope, 503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})(scope, receive, send)


def is_out_of_reach(error: Exception) -> bool:
    """Whether it is the database's state that made a statement fail, not the statement."""
    if isinstance(error, OperationalError | PoolTimeoutError):
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated
