"""Where finished pages are kept: as many as fit, and those go first that nobody asked for longest."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable

from web.http.cached_page import CachedPage

# No single page may push out many others.
LARGEST_SHARE = 8


class PageStore:
    """Pages by what was asked, bounded by bytes. Only the event loop changes it, but any thread may `get`."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        self._pages: OrderedDict[Hashable, CachedPage] = OrderedDict()

    def items(self) -> Iterable[tuple[Hashable, CachedPage]]:
        """Everything that is kept, those first that nobody asked for longest."""
        return self._pages.items()

    def get(self, key: Hashable) -> CachedPage | None:
        """What is kept under that key, however old."""
        page = self._pages.get(key)
        if page is not None:
            # Whoever asks in another thread may find it thrown out by now. (`suppress` takes longer than all of this.)
            try:  # noqa: SIM105
                self._pages.move_to_end(key)
            except KeyError:
                pass
        return page

    def put(self, key: Hashable, page: CachedPage) -> None:
        """Keep a page instead of what was kept there, unless it is too large."""
        self.remove(key)
        if page.size * LARGEST_SHARE > self.capacity:
            return
        self._pages[key] = page
        self.size += page.size
        self._shrink()

    def grow(self, key: Hashable, page: CachedPage, by: int) -> None:
        """The page has become larger; it may have been thrown out by now."""
        page.size += by
        if self._pages.get(key) is page:
            self.size += by
            self._shrink()

    def remove(self, key: Hashable) -> None:
        """Forget what is kept there."""
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= page.size

    def _shrink(self) -> None:
        while self.size > self.capacity:
            _, page = self._pages.popitem(last=False)
            self.size -= page.size
