"""What processes tell each other that were forked from one: that something was committed.

A notification of PostgreSQL arrives some milliseconds after the commit was acknowledged. Whoever has been told that
something is stored may ask another worker at once, so that one must know before the answer goes out.
"""

import mmap
from secrets import randbits

BITS = 64


class Siblings:
    """Eight bytes of memory that are the same for all processes which were forked after it was made."""

    def __init__(self) -> None:
        self._cell = memoryview(mmap.mmap(-1, BITS // 8)).cast("Q")

    def bump(self) -> None:
        """Something was committed. Never waits: of two who say so at once, either mark is another one than before."""
        self._cell[0] = randbits(BITS)

    @property
    def mark(self) -> int:
        """A number that is another one after each commit of any of them."""
        return self._cell[0]
