"""What differs between two texts, word by word, for people to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from web.revisions.matching import matches
from web.revisions.pieces import paragraphs, words
from web.revisions.words import Words, join_tags

# Two paragraphs that have less in common are two paragraphs, and not one that was changed.
ALIKE_FROM = 0.4
# Comparing takes memory for each pair of words.
MOST_PAIRS = 100_000_000
# Beyond so many, looking for the partner of each changed paragraph would take too long.
MOST_PARAGRAPH_PAIRS = 2_500

Kind = Literal["same", "removed", "added"]


class Run(NamedTuple):
    """Words that stand in both texts, only in the old one, or only in the new one."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, changed or not. `skipped` is the number of unchanged paragraphs that a gap stands for."""

    runs: tuple[Run, ...] = ()
    skipped: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether anything in it was removed or added."""
        return any(run.kind != "same" for run in self.runs)


def compare(old: str, new: str) -> list[Row]:
    """The paragraphs in order; long stretches without a change become gaps, one paragraph around a change stays."""
    rows = list(_rows(paragraphs(old), paragraphs(new)))
    near = {n + step for n, row in enumerate(rows) if row.is_changed for step in (-1, 0, 1)}
    shown: list[Row] = []
    for is_near, group in groupby(enumerate(rows), key=lambda numbered: numbered[0] in near):
        stretch = [row for _, row in group]
        shown += stretch if is_near else [Row(skipped=len(stretch))]
    return shown


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two revisions: fields of one line by their labels, and the paragraphs of the text."""

    lines: dict[str, tuple[Run, ...]]
    rows: list[Row]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not self.lines and not any(row.is_changed for row in self.rows)


def changes(old: Words | None, new: Words) -> Changes:
    """What became of the words of a post; of no words at all for None."""
    old = old or Words("", "")
    pairs = {
        "Title": (old.title, new.title),
        "Tags": (join_tags(old.tags), join_tags(new.tags)),
        "Slug": (old.slug, new.slug),
        "Summary": (old.summary, new.summary),
    }
    lines = {label: compare_words(before, after) for label, (before, after) in pairs.items() if before != after}
    return Changes(lines, compare(old.body, new.body))


def compare_words(old: str, new: str) -> tuple[Run, ...]:
    """Two versions of one paragraph or line as runs of words."""
    first, second = words(old), words(new)
    if not _are_alike(first, second):
        return tuple(run for run in (Run("removed", old), Run("added", new)) if run.text)
    return tuple(_runs(first, second))


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    o = n = 0
    for first, second, length in [*matches(old, new), (len(old), len(new), 0)]:
        yield from _changed(old[o:first], new[n:second])
        for text in old[first : first + length]:
            yield Row((Run("same", text.rstrip("\n")),))
        o, n = first + length, second + length


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    # Each old paragraph became the next new one that is like it; what finds no partner was removed or added.
    old, new = [text.rstrip("\n") for text in old], [text.rstrip("\n") for text in new]
    following = 0
    for text in old:
        partner = _first_like(text, new, following) if len(old) * len(new) <= MOST_PARAGRAPH_PAIRS else None
        if partner is None:
            yield Row((Run("removed", text),))
            continue
        yield from (Row((Run("added", added),)) for added in new[following:partner])
        yield Row(compare_words(text, new[partner]))
        following = partner + 1
    yield from (Row((Run("added", added),)) for added in new[following:])


def _first_like(text: str, candidates: Sequence[str], start: int) -> int | None:
    pieces = words(text)
    alike = (n for n in range(start, len(candidates)) if _are_alike(pieces, words(candidates[n])))
    return next(alike, None)


def _are_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    if len(first) * len(second) > MOST_PAIRS:
        return False
    return bool(Indel.normalized_similarity(first, second) >= ALIKE_FROM)


def _runs(first: Sequence[str], second: Sequence[str]) -> Iterator[Run]:
    f = s = 0
    for start, other, length in [*_told_apart(first, second), (len(first), len(second), 0)]:
        if start > f:
            yield Run("removed", "".join(first[f:start]))
        if other > s:
            yield Run("added", "".join(second[s:other]))
        if length:
            yield Run("same", "".join(first[start : start + length]))
        f, s = start + length, other + length


def _told_apart(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    # Several words in a row that became others are read as a whole, not each beside its successor: what only separates
    # words of a line belongs to the change around it.
    for start, other, length in matches(first, second):
        text = "".join(first[start : start + length])
        if text.strip() or "\n" in text or not (start or other):
            yield start, other, length
