"""An answer as the application gives it, held back until it is complete."""

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

from web.http.cached_page import CachedPage, Headers
from web.http.compression import best_encoding, compress, is_worth_it
from web.http.delivery import Wishes
from web.http.sharing import Sharing

VARY = (b"Accept-Encoding", b"Cookie")


class Collected:
    """The status, headers and body of one answer. `complete` is called once, with all of it."""

    def __init__(self, complete: Callable[["Collected"], Awaitable[None]], send: Send) -> None:
        self.status = 0
        self.headers: Headers = []
        self._body: list[bytes] = []
        self._complete = complete
        self._send = send

    async def collect(self, message: Message) -> None:
        """Take one message of the application."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self._body.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._complete(self)
        else:
            await self._send(message)

    @property
    def is_personal(self) -> bool:
        """Whether it sets a cookie: then nobody else may get it."""
        return any(name == b"set-cookie" for name, _ in self.headers)

    def shared(self, sharing: Sharing, version: int | None, max_age: int) -> CachedPage | None:
        """The answer as a page with holes, where it was made as one."""
        if not sharing.is_shared or sharing.is_refused or self.status != 200:
            return None
        is_for_all = sharing.reader is not None and not sharing.reader.audience and not self.is_personal
        page = CachedPage(self.headers, b"".join(self._body), sharing, version)
        # What stands in a hole is for one form only.
        kept = b"public, max-age=0, s-maxage=%d" % max_age if max_age and not page.holes else b"no-cache"
        cache_control = kept if is_for_all else b"private, no-cache"
        others = [item for item in page.headers if item[0] not in (b"cache-control", b"vary")]
        page.headers = [*others, (b"cache-control", cache_control), (b"vary", self._vary())]
        return page

    async def send_alone(self, send: Send, wishes: Wishes) -> None:
        """Send it to the one reader that it was made for."""
        body, headers = b"".join(self._body), list(self.headers)
        if is_worth_it(headers, len(body)):
            encoding = best_encoding(wishes.accepted, only_gzip=True)
            headers = [item for item in headers if item[0] not in (b"content-length", b"vary")]
            body = compress(body, encoding)
            headers += [(b"content-length", b"%d" % len(body)), (b"vary", self._vary())]
            headers += [(b"content-encoding", encoding.encode())] if encoding else []
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body if wishes.wants_body else b""})

    def _vary(self) -> bytes:
        found = [part.strip() for name, value in self.headers if name == b"vary" for part in value.split(b",")]
        return b", ".join(dict.fromkeys([*found, *VARY]))
