"""How many units of work may be under way at once, and the threads that they work in.

Waiting happens on the event loop, never in a thread: threads that wait for a connection while those
who hold one wait for a thread would stop everything. On SQLite one slot is for writers, who would
otherwise race each other on the busy timeout.
"""

from asyncio import get_running_loop
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from typing import TypeVar, TypeVarTuple

from anyio import CancelScope, CapacityLimiter

from web.database import Database

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


class Slots:
    """The slots of one database in one process."""

    def __init__(self, database: Database) -> None:
        self._readers = CapacityLimiter(database.slots)
        self._writers = CapacityLimiter(1) if database.has_one_writer else self._readers
        # One thread a slot, so that nobody who holds a slot waits for a thread.
        threads = database.slots + (1 if database.has_one_writer else 0)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="colophon-unit")

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

    async def run(self, function: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """Run a function of somebody who holds a slot in a thread, to its end even when cancelled.

        A third of the cost of anyio's `run_sync`, which every request would pay several times.
        """
        work = get_running_loop().run_in_executor(self._threads, copy_context().run, function, *arguments)
        with CancelScope(shield=True):
            await work
        return work.result()
