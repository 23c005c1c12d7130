"""Finds what two sequences have in common, in a time that is bounded for every text.

A longest common subsequence takes time and memory for each pair of pieces. Where there are too many, what stands only
once in each sequence and in the same order divides them first (Bram Cohen's "patience diff"); so a book of many
thousand paragraphs is compared chapter by chapter. What is not found then is only looked at as a whole.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

# Two texts of 14,000 paragraphs that have nothing at either end in common.
MOST_PAIRS = 200_000_000


class Match(NamedTuple):
    """The same run of pieces in two sequences: where it begins in each, and how many pieces it has."""

    first: int
    second: int
    length: int


def matches(first: Sequence[str], second: Sequence[str], most_pairs: int = MOST_PAIRS) -> list[Match]:
    """A common subsequence, as runs in ascending order: a longest one where that takes at most `most_pairs` pairs."""
    start = _common_length(first, second)
    rest = _common_length(first[start:][::-1], second[start:][::-1])
    between = _between(first[start : len(first) - rest], second[start : len(second) - rest], most_pairs)
    found = [Match(0, 0, start), *(Match(a + start, b + start, length) for a, b, length in between)]
    return [match for match in (*found, Match(len(first) - rest, len(second) - rest, rest)) if match.length]


def _common_length(first: Sequence[str], second: Sequence[str]) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


def _between(first: Sequence[str], second: Sequence[str], most_pairs: int) -> Iterator[Match]:
    if len(first) * len(second) <= most_pairs:
        yield from _longest(first, second)
        return
    f = s = 0
    for a, b in [*_anchors(first, second), (len(first), len(second))]:
        pairs = (a - f) * (b - s)
        if pairs <= most_pairs:
            # All stretches together take no longer than one comparison may.
            most_pairs -= pairs
            yield from (Match(f + x, s + y, length) for x, y, length in _longest(first[f:a], second[s:b]))
        if a < len(first):
            yield Match(a, b, 1)
        f, s = a + 1, b + 1


def _longest(first: Sequence[str], second: Sequence[str]) -> Iterator[Match]:
    for opcode in LCSseq.opcodes(first, second):
        if opcode.tag == "equal":
            yield Match(opcode.src_start, opcode.dest_start, opcode.src_end - opcode.src_start)


def _anchors(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The places of pieces that stand once in each, as many as stand in the same order in both."""
    once_here, once_there = _standing_once(first), _standing_once(second)
    pairs = [(place, once_there[piece]) for piece, place in once_here.items() if piece in once_there]
    return _longest_ascending(pairs)


def _standing_once(pieces: Sequence[str]) -> dict[str, int]:
    counts = Counter(pieces)
    return {piece: place for place, piece in enumerate(pieces) if counts[piece] == 1}


def _longest_ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    # The piles of a game of patience: on top of each the lowest card with which so long a row can end.
    tops: list[int] = []
    cards: list[int] = []
    before: list[int] = []
    for card, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(cards[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        cards[pile : pile + 1] = [card]
    row: list[tuple[int, int]] = []
    card = cards[-1] if cards else -1
    while card >= 0:
        row.append(pairs[card])
        card = before[card]
    return row[::-1]
