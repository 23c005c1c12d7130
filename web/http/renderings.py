"""Which pages are being made just now, so that one that many ask for at once is made once."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from anyio import Event

from web.http.cached_page import CachedPage


class Rendering:
    """A page that is being made from the database as it was at a version."""

    def __init__(self, key: Hashable, version: int) -> None:
        self.key = key
        self.version = version
        self._page: CachedPage | None = None
        self._finished = Event()

    @property
    def is_finished(self) -> bool:
        """Whether nobody can wait for it any more."""
        return self._finished.is_set()

    def finish(self, page: CachedPage | None) -> None:
        """Let those who wait go on. None: it is not for others."""
        if not self._finished.is_set():
            self._page = page
            self._finished.set()

    async def page(self) -> CachedPage | None:
        """What came of it."""
        await self._finished.wait()
        return self._page


class Renderings:
    """Those under way, by what was asked."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, Rendering] = {}

    def find(self, key: Hashable) -> Rendering | None:
        """The one that was begun for this key."""
        found = self._under_way.get(key)
        return None if found is None or found.is_finished else found

    @contextmanager
    def begun(self, key: Hashable, version: int) -> Iterator[Rendering]:
        """Begin one. At the end of the block nobody waits for it any more, whatever happened."""
        rendering = self._under_way[key] = Rendering(key, version)
        try:
            yield rendering
        finally:
            if self._under_way.get(key) is rendering:
                del self._under_way[key]
            rendering.finish(None)
