"""Passwords: argon2id, away from the event loop, in threads of their own."""

import os
import unicodedata

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from passlib.context import CryptContext

# Hashing is meant to be slow. One processor is left to those who do not sign in: on two processors, sixteen sign-ins
# in two threads made others wait up to 60 ms, in one thread 9 ms.
THREADS = min(2, max(1, (os.cpu_count() or 1) - 1))


class Passwords:
    """Hashes and checks passwords with the given cost: memory in KiB, and passes over it.

    The defaults are OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
    """

    def __init__(self, memory_kib: int = 19_456, rounds: int = 2) -> None:
        self._context = CryptContext(
            schemes=["argon2"],
            deprecated="auto",
            argon2__type="ID",
            argon2__memory_cost=memory_kib,
            argon2__rounds=rounds,
            argon2__parallelism=1,
        )
        self._limiter = CapacityLimiter(THREADS)
        self._nobodys_hash = self.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash to store."""
        return str(self._context.hash(_normalised(password)))

    def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Whether the password is right, and a new hash to store when the cost has changed since.

        For `stored` None, an unknown user, it takes as long and answers no.
        """
        if stored is None:
            self._context.verify(_normalised(password), self._nobodys_hash)
            return False, None
        is_right, new_hash = self._context.verify_and_update(_normalised(password), stored)
        return bool(is_right), new_hash

    async def hash_aside(self, password: str) -> str:
        """`hash`, without stopping anybody else."""
        return await run_sync(self.hash, password, limiter=self._limiter)

    async def verify_aside(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """`verify`, without stopping anybody else."""
        return await run_sync(self.verify, password, stored, limiter=self._limiter)


def _normalised(password: str) -> str:
    # Keyboards and systems differ in whether an accent is a character of its own.
    return unicodedata.normalize("NFKC", password)
