"""Shows where in a text the words stand that somebody looks for: pieces of plain text, marked or not."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from web.html.text import plain_text, shorten
from web.search.words import fold, is_unspaced, phrase_of

LENGTH = 240
BEFORE = 60

_WORD = re.compile(r"[^\W_]+")
_CUT_TAG = re.compile(r"<[^>]*$")


class Piece(NamedTuple):
    """Some text, and whether it is what was looked for."""

    text: str
    is_marked: bool


def marked(text: str, words: frozenset[str]) -> list[Piece]:
    """A whole text in pieces."""
    pieces, place = [], 0
    for start, end in _places(text, words):
        pieces += [Piece(text[place:start], False), Piece(text[start:end], True)]
        place = end
    return [piece for piece in [*pieces, Piece(text[place:], False)] if piece.text]


def snippet(html: str, words: frozenset[str], otherwise: str) -> list[Piece]:
    """The part of a text in sanitised HTML around the first of the words; `otherwise` where there is none."""
    text = plain_text(_CUT_TAG.sub("", html))
    first = next(_places(text, words), None)
    if first is None:
        return marked(otherwise, words)
    start = max(first[0] - BEFORE, 0)
    if start and " " in text[start : first[0]]:
        start = text.index(" ", start) + 1
    part = shorten(text[start:], LENGTH)
    return marked(f"… {part}" if start else part, words)


def _places(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, found one by one: most texts are left after the first."""
    for found in _WORD.finditer(text) if words else ():
        word = fold(found[0])
        if word in words:
            yield found.span()
        elif not word.isascii() and any(map(is_unspaced, word)):
            yield from _places_within(found, words)


def _places_within(found: "re.Match[str]", words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where pairs of characters stand in a text without spaces; those that overlap are one place."""
    start = end = -1
    for place in range(len(found[0])):
        if words.isdisjoint(phrase_of(found[0][place : place + 2])):
            continue
        at = found.start() + place
        if start >= 0 and at > end:
            yield start, end
            start = at
        start, end = (at if start < 0 else start), min(at + 2, found.end())
    if start >= 0:
        yield start, end
