"""Whether anything was committed since: what a cache in this process must know, whoever wrote.

A `version` is read before something is made from the database; what was made is still true as long as the
version is the same. It is None while that cannot be known: then nothing that was kept may be used.
"""

from typing import Protocol


class Changes(Protocol):
    """Watches one database."""

    def version(self) -> int | None:
        """A number that another commit, by any process, has changed; None when nobody can tell. Never waits."""

    def close(self) -> None:
        """Let go of the connection. The next question opens another."""


class UnknownChanges:
    """For databases that tell nobody what other processes commit."""

    def version(self) -> int | None:
        """Nobody can tell."""
        return None

    def close(self) -> None:
        """There is nothing to close."""
