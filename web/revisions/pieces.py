"""Takes texts apart into what people change: paragraphs, lines, words. Joined again, the pieces are the text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

# What stands behind every paragraph, so that the last one is like all others.
PARAGRAPH_END = "\n\n"
_BETWEEN_PARAGRAPHS = re.compile(r"(?<=\n\n)(?!\n)")
# str.splitlines() would break at form feeds and other signs too.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Match(NamedTuple):
    """The same run of pieces in two sequences: where it begins in each, and how many pieces it has."""

    first: int
    second: int
    length: int


def paragraphs(text: str) -> list[str]:
    """The paragraphs, each with the blank lines behind it; the last one ends with `PARAGRAPH_END` too."""
    return _BETWEEN_PARAGRAPHS.split(text + PARAGRAPH_END)[:-1]


def lines(text: str) -> list[str]:
    """The lines, each with its line feed."""
    return _LINE.findall(text)


def words(text: str) -> list[str]:
    """The words, the blanks between them, and each punctuation mark."""
    return _WORD.findall(text)


def matches(first: Sequence[str], second: Sequence[str]) -> list[Match]:
    """A longest common subsequence, as runs in ascending order."""
    return [
        Match(opcode.src_start, opcode.dest_start, opcode.src_end - opcode.src_start)
        for opcode in LCSseq.opcodes(first, second)
        if opcode.tag == "equal"
    ]
