"""Brings together all the words of a post, and lets a person decide where that cannot be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from web.models.post import BODY_LIMIT
from web.models.tag import MAX_TAGS
from web.revisions.merging import Clash, Piece, merge_lists, merge_texts, merge_values
from web.revisions.words import Words, join_tags, split_tags

LABELS = {"title": "Title", "body": "Body", "tags": "Tags", "slug": "Slug", "summary": "Summary"}
LINES = ("title", "slug", "summary")


class Place(NamedTuple):
    """A clash with the name by which a form speaks of it."""

    name: str
    label: str
    clash: Clash

    @property
    def is_line(self) -> bool:
        """Whether it is a field of one line, and not a stretch of the text."""
        return self.label != LABELS["body"]

    @property
    def is_list(self) -> bool:
        """Whether it is a line of names with commas between them."""
        return self.label == LABELS["tags"]


@dataclass(frozen=True)
class MergedWords:
    """The pieces of each field."""

    pieces: Mapping[str, list[Piece]]

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
        return Words(tags=split_tags(texts.pop("tags")), **texts)

    def _numbered(self) -> Iterator[tuple[str, int, Piece]]:
        for field, pieces in self.pieces.items():
            for number, piece in enumerate(pieces):
                yield field, number, piece


def merge_words(base: Words | None, mine: Words, theirs: Words) -> MergedWords:
    """What both made of the same words. Without those, every difference is a clash.

    So is what would be too much for a field when both were brought together.
    """
    # An empty slug asks for no other one.
    kept = base.slug if base else theirs.slug
    mine, theirs = replace(mine, slug=mine.slug or kept), replace(theirs, slug=theirs.slug or kept)
    pieces = {name: [_merge_line(base, mine, theirs, name)] for name in LINES}
    pieces |= {"body": _merge_body(base, mine, theirs), "tags": [_merge_tags(base, mine, theirs)]}
    return MergedWords({name: pieces[name] for name in LABELS})


def _merge_body(base: Words | None, mine: Words, theirs: Words) -> list[Piece]:
    pieces = merge_texts(base.body if base else None, mine.body, theirs.body)
    if sum(len(piece) for piece in pieces if isinstance(piece, str)) <= BODY_LIMIT:
        return pieces
    return [Clash(base.body if base else "", mine.body, theirs.body)]


def _merge_tags(base: Words | None, mine: Words, theirs: Words) -> Piece:
    # They clash by their number only: what either added is in, what either removed is out.
    before = base.tags if base else []
    merged = merge_lists(before, mine.tags, theirs.tags)
    if len(merged) <= MAX_TAGS:
        return join_tags(merged)
    return Clash(join_tags(before), join_tags(mine.tags), join_tags(theirs.tags))


def _merge_line(base: Words | None, mine: Words, theirs: Words, name: str) -> Piece:
    here, there = getattr(mine, name), getattr(theirs, name)
    if base is not None:
        return merge_values(getattr(base, name), here, there)
    return here if here == there else Clash("", here, there)
