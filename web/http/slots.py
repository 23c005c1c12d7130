"""How many units of work may be under way at once.

Waiting happens on the event loop, never in a thread: threads that wait for a connection while those
who hold one wait for a thread would stop everything. On SQLite one slot is for writers, who would
otherwise race each other on the busy timeout.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter

from web.database import Database


class Slots:
    """The slots of one database in one process."""

    def __init__(self, database: Database) -> None:
        self._readers = CapacityLimiter(database.slots)
        self._writers = CapacityLimiter(1) if database.has_one_writer else self._readers

    def limiter(self, *, read_only: bool) -> CapacityLimiter:
        """The limiter to borrow from."""
        return self._readers if read_only else self._writers

    @asynccontextmanager
    async def taken(self, *, read_only: bool) -> AsyncIterator[None]:
        """Hold a slot for the length of a block."""
        limiter, borrower = self.limiter(read_only=read_only), object()
        await limiter.acquire_on_behalf_of(borrower)
        try:
            yield
        finally:
            limiter.release_on_behalf_of(borrower)
