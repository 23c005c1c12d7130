"""Takes texts apart into what people change: paragraphs, lines, words. Joined again, the pieces are the text."""

import re

# What stands behind every paragraph, so that the last one is like all others.
PARAGRAPH_END = "\n\n"
_BETWEEN_PARAGRAPHS = re.compile(r"(?<=\n\n)(?!\n)")
# str.splitlines() would break at form feeds and other signs too.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def paragraphs(text: str) -> list[str]:
    """The paragraphs, each with the blank lines behind it; the last one ends with `PARAGRAPH_END` too."""
    return _BETWEEN_PARAGRAPHS.split(text + PARAGRAPH_END)[:-1]


def lines(text: str) -> list[str]:
    """The lines, each with its line feed."""
    return _LINE.findall(text)


def words(text: str) -> list[str]:
    """The words, the blanks between them, and each punctuation mark."""
    return _WORD.findall(text)
