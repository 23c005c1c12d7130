"""Answers from memory what many ask for, before anything else is done for a request.

Right before fast: a page is only sent while the database has the version that it was made at, which other
processes' commits change too; the version was read before the page was made. Nothing that is for one reader is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from web.database.changes import Changes
from web.http.cached_page import CachedPage, Fillers
from web.http.collected import Collected
from web.http.delivery import Wishes, deliver, ready_answer
from web.http.glance import Glance
from web.http.page_store import PageStore
from web.http.readers import Readers
from web.http.renderings import Rendering, Renderings
from web.http.request_log import SENT_METHOD
from web.http.sharing import KEY, STRANGER, Reader, Sharing

METHODS = ("GET", "HEAD")
# Longer addresses are nobody's who only reads, and would fill the memory.
LONGEST_ADDRESS = 1_000
# These are dealt with here, when the whole page is there.
NOT_PASSED_ON = frozenset((b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range"))


class Asked(NamedTuple):
    """A request, as far as the answer depends on it."""

    what: tuple[object, ...]
    cookies: bytes
    wishes: Wishes
    is_long: bool

    def key(self, reader: Reader) -> tuple[object, ...]:
        """What readers who ask the same share."""
        return (reader.audience, *self.what)


@dataclass(frozen=True)
class Shareable:
    """What the cache has to know of the application.

    `paths` tells whether answers of a path may be shared at all; whether one is, its view says. `same_for_all` tells
    where nobody has to be asked who they are. `fillers` know what stands in holes. `max_age` is for how many seconds a
    CDN may keep a page without asking.
    """

    paths: Callable[[str], bool]
    same_for_all: Callable[[str], bool]
    fillers: Fillers
    clock: Callable[[], datetime]
    max_age: int = 0


class PageCacheMiddleware:
    """Stands around the whole application."""

    def __init__(self, app: ASGIApp, changes: Changes, readers: Readers, shareable: Shareable, capacity: int) -> None:
        self.app = app
        self.changes = changes
        self.glance = Glance(changes)
        self.readers = readers
        self.shareable = shareable
        self.pages = PageStore(capacity)
        self.renderings = Renderings()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in METHODS:
            await self.app(scope, receive, send)
            return
        asked, version = _asked(scope), self.glance.version()
        reader = self._reader(scope, asked, version)
        page = self._kept(asked, reader, version) if reader is not None else None
        if page is not None and reader is not None:
            answer = ready_answer(page, asked.wishes, reader, self.shareable.fillers)
            if answer is None:
                await self._send(page, asked, reader, send)
            else:
                await send(answer[0])
                await send(answer[1])
        elif not self.shareable.paths(scope["path"]):
            await self.app(scope, receive, send)
        elif reader is None or version is None:
            await self._make(scope, receive, send, asked, version, None)
        else:
            await self._make_once(scope, receive, send, asked, reader)

    def _reader(self, scope: Scope, asked: Asked, version: int | None) -> Reader | None:
        reader = self.readers.find(asked.cookies, version)
        return STRANGER if reader is None and self.shareable.same_for_all(scope["path"]) else reader

    def _kept(self, asked: Asked, reader: Reader, version: int | None) -> CachedPage | None:
        page = self.pages.get(asked.key(reader))
        if page is None or version is None or page.version != version:
            return None
        return page if page.is_for(reader, self.shareable.clock) else None

    async def _make_once(self, scope: Scope, receive: Receive, send: Send, asked: Asked, reader: Reader) -> None:
        """Have the page made, or wait for one that is being made and will be as new as this reader may expect."""
        page = await self._made_by_others(asked, reader)
        version = self.changes.version()
        if page is not None:
            await self._send(page, asked, reader, send)
        elif version is None or self.renderings.find(asked.key(reader)) is not None:
            await self._make(scope, receive, send, asked, version, None)
        else:
            with self.renderings.begun(asked.key(reader), version) as rendering:
                await self._make(scope, receive, send, asked, version, rendering)

    async def _made_by_others(self, asked: Asked, reader: Reader) -> CachedPage | None:
        has_waited = False
        while (begun := self.renderings.find(asked.key(reader))) is not None:
            # Whatever is begun after this reader came is new enough, even if there is a commit meanwhile.
            is_new_enough = has_waited or begun.version == self.changes.version()
            page = await begun.page()
            if is_new_enough:
                return page if page is not None and page.is_for(reader, self.shareable.clock) else None
            has_waited = True
        return self._kept(asked, reader, self.changes.version())

    async def _make(
        self, scope: Scope, receive: Receive, send: Send, asked: Asked, version: int | None, rendering: Rendering | None
    ) -> None:
        """Have the answer made by the application, and send it as soon as it is complete."""
        known = self._reader(scope, asked, None)
        making = Making(asked, version, rendering, Sharing(known), has_asked=known is None)

        def recall(reader: Reader) -> bool:
            making.recalled = self._kept(asked, reader, version)
            return making.recalled is not None

        async def complete(answer: Collected) -> None:
            await self._complete(making, answer, send)

        making.sharing.recall = recall
        making.sharing.is_wanted = self.pages.capacity > 0
        headers = [item for item in scope["headers"] if item[0] not in NOT_PASSED_ON]
        sent = {SENT_METHOD: scope["method"], KEY: making.sharing}
        inner = {**scope, "method": "GET", "headers": headers, **sent}
        await self.app(inner, receive, Collected(complete, send).collect)

    async def _complete(self, making: "Making", answer: Collected, send: Send) -> None:
        asked, version, reader = making.asked, making.version, making.sharing.reader
        page = making.recalled or answer.shared(making.sharing, version, self._max_age(making.sharing))
        if page is None or reader is None:
            await answer.send_alone(send, asked.wishes)
            return
        if not answer.is_personal and not making.sharing.is_outdated:
            making.finish(page, asked.key(reader))
            if version is not None and not asked.is_long and self.changes.version() == version:
                self.pages.put(asked.key(reader), page)
                if making.has_asked:
                    self.readers.remember(asked.cookies, reader, version)
        await self._send(page, asked, reader, send)

    def _max_age(self, sharing: Sharing) -> int:
        if sharing.until is None or not self.shareable.max_age:
            return self.shareable.max_age
        return max(0, min(self.shareable.max_age, int((sharing.until - self.shareable.clock()).total_seconds())))

    async def _send(self, page: CachedPage, asked: Asked, reader: Reader, send: Send) -> None:
        if grown := await deliver(page, asked.wishes, send, reader, self.shareable.fillers):
            self.pages.grow(asked.key(reader), page, grown)


@dataclass
class Making:
    """An answer that is being made. `recalled` is what was kept for the reader, once it is known who asks.

    `has_asked`: who it is is found out on the way, and not taken for granted as where all get the same.
    """

    asked: Asked
    version: int | None
    rendering: Rendering | None
    sharing: Sharing
    has_asked: bool
    recalled: CachedPage | None = None

    def finish(self, page: CachedPage, key: tuple[object, ...]) -> None:
        """Give the page to those who wait for it, unless it turned out to be for others."""
        if self.rendering is not None and self.rendering.key == key:
            self.rendering.finish(page)


def _asked(scope: Scope) -> Asked:
    # Of several lines with one name the first counts, as it does for whoever makes the answer: what is kept for one
    # host must not speak of another.
    headers = dict(reversed(scope["headers"]))
    find = headers.get
    # A browser may send its cookies in several lines.
    has_cookies = b"cookie" in headers
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie") if has_cookies else b""
    # htmx asks some addresses for a fragment.
    wants_fragment = find(b"hx-request") == b"true" and b"hx-history-restore-request" not in headers
    path, query, host = scope["path"], scope["query_string"], find(b"host", b"")
    what = (path, query, scope.get("scheme", "http"), host, wants_fragment)
    is_long = len(path) + len(query) + len(host) > LONGEST_ADDRESS
    wishes = Wishes(find(b"accept-encoding", b""), find(b"if-none-match", b""), scope["method"] == "GET")
    return Asked(what, cookies, wishes, is_long)
