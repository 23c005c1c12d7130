"""Makes sure that the query of an address is ASCII, as the standard wants, whatever was sent.

Bytes that are not would be an error wherever the address is put together again, on a page or in a redirect.
"""

from string import printable
from urllib.parse import quote_from_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

# Nobody types more into a field of a list.
LONGEST_WORDS = 300


class QueryStringMiddleware:
    """Percent-encodes stray bytes; what is fine already is handed on as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["query_string"].isascii():
            scope["query_string"] = quote_from_bytes(scope["query_string"], safe=printable).encode()
        await self.app(scope, receive, send)


def typed_words(request: Request) -> str:
    """What was typed into the search field of a list, as it stands in the field again."""
    return " ".join(request.query_params.get("q", "").replace("\0", " ").split())[:LONGEST_WORDS]
