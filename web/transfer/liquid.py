"""Liquid, the template language that Jekyll and its heirs allow inside Markdown.

What only asks for an address, an image, a listing or literal text is written in Markdown or HTML instead.
Whatever else there is stays as it was typed, and is named in a warning.
"""

import re
from bisect import bisect
from collections.abc import Mapping

from web.drafts.slugs import to_slug
from web.transfer.liquid_outputs import output
from web.transfer.liquid_tags import fenced, replaced_tag

# A mark ends before the next one begins, so that a text of opening braces is read once and not from each of them.
_MARK = re.compile(r"\{%-?(?P<tag>(?:[^{%]|%(?!\})|\{(?!%))*?)-?%\}|\{\{-?(?P<output>[^{}]*?)-?\}\}")
_DATED_ADDRESS = re.compile(
    r"""(\]\(|href=["']|^\[[^\]\n]+\]:[ \t]*)/\d{4}/\d\d/\d\d/([^/)\s"'\#?]+?)(?:\.html)?/?(?=[)\s"'\#?]|$)""",
    re.MULTILINE,
)
_TAG_ADDRESS = re.compile(r"""(\]\(|href=["'])(/tags/[^/)\s"'\#?]+)/(?=[)\s"'\#?])""")


def from_liquid(text: str, variables: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return Markdown without the Liquid that is understood, and warnings about the rest.

    `variables` are the front matter's own values, which a text may ask for.
    """
    reader = _Reader(text, variables)
    converted = _DATED_ADDRESS.sub(_post_address, reader.convert())
    return _TAG_ADDRESS.sub(r"\1\2", converted), list(dict.fromkeys(reader.warnings))


def _post_address(match: re.Match[str]) -> str:
    """Jekyll's posts lie at /2026/11/22/title/, ours at /posts/title."""
    return f"{match[1]}/posts/{to_slug(match[2])}"


class _Reader:
    """Walks through a text from mark to mark."""

    def __init__(self, text: str, variables: Mapping[str, str]) -> None:
        self.warnings: list[str] = []
        self._text = text
        self._variables = variables
        self._marks = list(_MARK.finditer(text))
        self._ends: dict[str, list[int]] = {}
        for place, mark in enumerate(self._marks):
            if (name := _name(mark)).startswith("end"):
                self._ends.setdefault(name, []).append(place)

    def convert(self) -> str:
        """Return the whole text converted."""
        return self._between(0, len(self._marks), 0, len(self._text))

    def _between(self, first: int, last: int, position: int, end: int) -> str:
        """Convert the text from `position` to `end`, where the marks `first` to `last` stand."""
        parts = []
        place = first
        while place < last:
            mark = self._marks[place]
            parts.append(self._text[position : mark.start()])
            replacement, place = self._replacement(place)
            parts.append(replacement)
            position = self._marks[place - 1].end()
        return "".join([*parts, self._text[position:end]])

    def _replacement(self, place: int) -> tuple[str, int]:
        """What stands for a mark, and the place of the next one to look at."""
        name = _name(self._marks[place])
        if name in ("raw", "comment", "highlight") and (end := self._end_of(name, place)):
            return self._block(name, place, end), end + 1
        return self._single(self._marks[place]), place + 1

    def _end_of(self, name: str, place: int) -> int | None:
        ends = self._ends.get(f"end{name}", [])
        following = bisect(ends, place)
        return ends[following] if following < len(ends) else None

    def _block(self, name: str, place: int, end: int) -> str:
        start, stop = self._marks[place], self._marks[end]
        inner = self._text[start.end() : stop.start()]
        if name == "raw":
            return inner
        if name == "comment":
            return f"<!-- {inner.strip().replace('--', '- -')} -->"
        code = self._between(place + 1, end, start.end(), stop.start())
        return fenced(code, start["tag"].strip().removeprefix("highlight"))

    def _single(self, mark: re.Match[str]) -> str:
        if mark["tag"] is not None:
            begins_a_block = (
                re.search(r"(?:\A|\n\n)\[?$", self._text[max(0, mark.start() - 3) : mark.start()]) is not None
            )
            replaced = replaced_tag(mark["tag"].strip(), begins_a_block=begins_a_block)
            subject = f"{{% {_name(mark)} %}}"
        else:
            expression = mark["output"].strip()
            replaced = output(expression, self._variables)
            subject = f"{{{{ {expression[:60]} }}}}"
        if replaced is None:
            self.warnings.append(f"{subject} is not understood and was kept as text")
        return mark[0] if replaced is None else replaced


def _name(mark: re.Match[str]) -> str:
    words = (mark["tag"] or "").split(maxsplit=1)
    return words[0] if words else ""
