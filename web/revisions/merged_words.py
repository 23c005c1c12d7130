"""Brings together all the words of a post, and lets a person decide where that cannot be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from web.revisions.merging import Clash, Piece, merge_lists, merge_texts, merge_values
from web.revisions.words import Words

LABELS = {"title": "Title", "body": "Body", "slug": "Slug", "summary": "Summary"}


class Place(NamedTuple):
    """A clash with the name by which a form speaks of it."""

    name: str
    label: str
    clash: Clash

    @property
    def is_line(self) -> bool:
        """Whether it is a field of one line, and not a stretch of the text."""
        return self.label != LABELS["body"]


@dataclass(frozen=True)
class MergedWords:
    """The pieces of each field. Tags never clash: what either added is in, what either removed is out."""

    pieces: Mapping[str, list[Piece]]
    tags: list[str]

    @property
    def is_clean(self) -> bool:
        """Whether nobody needs to decide anything."""
        return not any(isinstance(piece, Clash) for pieces in self.pieces.values() for piece in pieces)

    @property
    def body(self) -> list[str | Place]:
        """The pieces of the text in order."""
        return [
            piece if isinstance(piece, str) else Place(f"body-{number}", LABELS["body"], piece)
            for number, piece in enumerate(self.pieces["body"])
        ]

    @property
    def places(self) -> list[Place]:
        """Where somebody has to decide."""
        return [
            Place(f"{field}-{number}", LABELS[field], piece)
            for field, number, piece in self._numbered()
            if isinstance(piece, Clash)
        ]

    def words(self, decisions: Mapping[str, str] | None = None) -> Words:
        """The words, with the decided text at each place. Raises KeyError for a place without a decision."""
        texts = dict.fromkeys(self.pieces, "")
        for field, number, piece in self._numbered():
            texts[field] += piece if isinstance(piece, str) else (decisions or {})[f"{field}-{number}"]
        return Words(tags=self.tags, **texts)

    def _numbered(self) -> Iterator[tuple[str, int, Piece]]:
        for field, pieces in self.pieces.items():
            for number, piece in enumerate(pieces):
                yield field, number, piece


def merge_words(base: Words | None, mine: Words, theirs: Words) -> MergedWords:
    """What both made of the same words. Without those, every difference is a clash."""
    # An empty slug asks for no other one.
    kept = base.slug if base else theirs.slug
    mine, theirs = replace(mine, slug=mine.slug or kept), replace(theirs, slug=theirs.slug or kept)
    pieces = {name: [_merge_line(base, mine, theirs, name)] for name in LABELS}
    pieces["body"] = merge_texts(base.body if base else None, mine.body, theirs.body)
    return MergedWords(pieces, merge_lists(base.tags if base else [], mine.tags, theirs.tags))


def _merge_line(base: Words | None, mine: Words, theirs: Words, name: str) -> Piece:
    here, there = getattr(mine, name), getattr(theirs, name)
    if base is not None:
        return merge_values(getattr(base, name), here, there)
    return here if here == there else Clash("", here, there)
