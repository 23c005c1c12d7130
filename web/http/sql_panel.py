"""Records the statements of each request, so that its page can show them."""

from starlette.types import ASGIApp, Receive, Scope, Send

from web.database.statements import recorded


class SqlPanelMiddleware:
    """Only in place when the owner asked for the panel: it shows everybody how a page is made."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with recorded():
            await self.app(scope, receive, send)
