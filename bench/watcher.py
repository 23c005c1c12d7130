"""Looks at answers while wrk, which only counts them, is asking."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from bench.answers import checked
from bench.rows import Row

# Often enough to see what goes wrong, and next to nothing beside thousands of requests a second.
INTERVAL_SECONDS = 0.1


class Watcher:
    """Asks again and again, and remembers how often, and what was wrong."""

    def __init__(self, address: str, row: Row, cookie: str, etag: str) -> None:
        self.asked_for = address, row, cookie, etag
        self.looks = 0
        self.problem: Exception | None = None
        self._is_over = Event()

    def watch(self) -> None:
        """Look until `stop` is called or something is wrong."""
        is_over = False
        # At least once, however short the run.
        while not is_over:
            is_over = self._is_over.wait(INTERVAL_SECONDS)
            try:
                checked(*self.asked_for)
            except Exception as error:
                self.problem = error
                return
            self.looks += 1

    def stop(self) -> None:
        """End the watch after the look that is under way."""
        self._is_over.set()


@contextmanager
def watching(address: str, row: Row, cookie: str, etag: str = "") -> Iterator[Watcher]:
    """Look at answers to the row's request as long as the block; then raise what was wrong with one."""
    watcher = Watcher(address, row, cookie, etag)
    thread = Thread(target=watcher.watch)
    thread.start()
    try:
        yield watcher
    finally:
        watcher.stop()
        thread.join()
    if watcher.problem is not None:
        raise watcher.problem
