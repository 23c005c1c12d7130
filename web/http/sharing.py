"""What a view and the layers around it say about an answer that many readers may share.

The page cache puts a `Sharing` into the scope of each request whose answer could be shared. Nothing is shared
unless the view's answer says so; and it can name readers who see more than the others.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from starlette.types import Scope

KEY = "colophon.sharing"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever asks, as far as the page cache has to know. Those of one audience share pages."""

    audience: str = ""
    user_id: int | None = None
    name: str = ""
    unread_count: int = 0
    # Until then nothing but a commit can change what is known here; None for strangers, who stay such.
    known_until: datetime | None = None


STRANGER = Reader()


class Limits(Protocol):
    """What the page of a thing says about being shared.

    `is_for_one`: nobody else may have it. `until`: it becomes another one by itself. `apart`: the numbers of readers
    who see something of their own.
    """

    @property
    def is_for_one(self) -> bool: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def apart(self) -> frozenset[int]: ...


@dataclass(slots=True)
class Sharing:
    """Notes about one answer, made while it is.

    `reader` is None as long as nobody has asked who it is. `recall` tells whether the cache has the answer for a
    reader, so that it does not have to be made.
    """

    reader: Reader | None = STRANGER
    recall: Callable[[Reader], bool] = field(default=lambda _: False)
    is_shared: bool = False
    is_refused: bool = False
    # Whether the cache keeps such answers, and would keep this one unless something is committed meanwhile.
    is_wanted: bool = False
    # It may lack what was committed already: whoever asked gets it, and nobody else.
    is_outdated: bool = False
    # When the answer becomes another one although nothing is committed.
    until: datetime | None = None
    # Readers who see something else.
    apart: frozenset[int] = frozenset()

    def accept(self) -> bool:
        """Let all who ask the same have this answer. False where it is for this reader only."""
        self.is_shared = self.reader is not None and not self.is_refused
        return self.is_shared

    def limit(self, limits: Limits) -> None:
        """Note who may not share this answer, and how long it may be shared."""
        self.is_refused = self.is_refused or limits.is_for_one
        self.change_at(limits.until)
        self.apart |= limits.apart

    def change_at(self, moment: datetime | None) -> None:
        """At that moment the answer becomes another one by itself."""
        if moment is not None and (self.until is None or moment < self.until):
            self.until = moment


def find_sharing(scope: Scope) -> Sharing | None:
    """The notes, where the answer can be shared at all."""
    found: Sharing | None = scope.get(KEY)
    return found
