"""What an index is asked for: marks and words as they are stored, without any language or spelling left in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from web.search.words import BARRIER


class Phrase(NamedTuple):
    """Words as they stand in a text, with the spaces around them; or one of these marks instead."""

    text: str
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wanted:
    """One of each of `groups`, none of `without`; each of `phrases`, and none of `without_phrases`.

    A group without anything in it finds nothing.
    """

    groups: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    without_phrases: tuple[Phrase, ...] = ()

    @property
    def is_impossible(self) -> bool:
        """Whether nothing can be found, because something is asked for that stands nowhere."""
        return not all(self.groups)

    @property
    def needed(self) -> tuple[frozenset[str], ...]:
        """The groups, and for a question that has none what stands in everything."""
        return self.groups or (frozenset({BARRIER}),)

    def and_one_of(self, group: Iterable[str]) -> "Wanted":
        """The same, and one of these too."""
        return replace(self, groups=(*self.groups, frozenset(group)))
