"""HTML typed into Markdown, made unambiguous before it is sanitised.

Three things happen to it. What is no well-formed tag of an element that HTML knows is shown as typed, so
that `Vec<u8>` in a sentence does not lose its second half. A tag opened within a paragraph is closed with
it. And tags may not multiply: a browser's parser opens unclosed formatting again in every later block, so
that 50 kB of unclosed <b> make 50 MB of HTML; beyond a generous limit tags are shown as typed too.
"""

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from web.html.markdown_elements import CLOSED_BY_THE_NEXT, FORMATTING, KNOWN_TAGS, VOID

DEPTH_LIMIT = 100
REOPENED_LIMIT = 50_000

_TAG = re.compile(
    r"""<(?:
        (?P<close>/)(?P<closed>[a-z][a-z0-9-]*+)\s*+>
      | (?P<opened>[a-z][a-z0-9-]*+)
        (?P<rest>(?:\s++[a-z_:@][\w.:@-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+\s*+/?+>)
    )?""",
    re.IGNORECASE | re.VERBOSE,
)


def raw_html_plugin(parser: MarkdownIt) -> None:
    """Clean the HTML tokens of each document; to be used before plugins that add HTML of their own."""
    parser.core.ruler.push("raw_html", _raw_html)


def _raw_html(state: StateCore) -> None:
    tags = _Tags()
    for token in state.tokens:
        tags.count_reopened()
        if token.type == "html_block":
            token.content = tags.clean(token.content)
        elif token.children:
            _clean_inline(tags, token.children)


def _clean_inline(tags: "_Tags", children: list[Token]) -> None:
    outside = len(tags.open)
    last = None
    for token in children:
        if token.type == "html_inline":
            token.content = tags.clean(token.content)
            last = token
    if last is not None and len(tags.open) > outside:
        children.append(Token("html_inline", "", 0, content=tags.close_down_to(outside)))


class _Tags:
    """The elements that are open at a place of the document, as far as raw HTML opened them.

    A closing tag counts only when it closes the innermost one. So the list is never shorter than what a
    browser has open, however wildly tags cross each other.
    """

    def __init__(self) -> None:
        self.open: list[str] = []
        self._open_formatting = 0
        self._reopened = 0

    def clean(self, html: str) -> str:
        """Return HTML in which every `<` begins a tag that the rest of the document can bear."""
        return _TAG.sub(self._tag, _without_comments(html))

    def count_reopened(self) -> None:
        """Count the formatting that a browser may open again here."""
        self._reopened += self._open_formatting

    def close_down_to(self, depth: int) -> str:
        """Return closing tags for the innermost open elements, until `depth` are left."""
        closing = []
        while len(self.open) > depth:
            closing.append(f"</{self._forget_innermost()}>")
        return "".join(closing)

    def _tag(self, match: re.Match[str]) -> str:
        self.count_reopened()
        if self._is_exhausted:
            return self.close_down_to(0) + escape(match[0])
        if match["close"]:
            return self._closing(match)
        name = (match["opened"] or "").lower()
        if name not in KNOWN_TAGS:
            return escape(match[0])
        self._remember(name)
        return f"<{_page_name(name)}{match['rest']}"

    def _closing(self, match: re.Match[str]) -> str:
        name = match["closed"].lower()
        if name not in KNOWN_TAGS:
            return escape(match[0])
        if self.open and self.open[-1] == name:
            self._forget_innermost()
        return f"</{_page_name(name)}>"

    @property
    def _is_exhausted(self) -> bool:
        return len(self.open) >= DEPTH_LIMIT or self._reopened > REOPENED_LIMIT

    def _remember(self, name: str) -> None:
        if name not in VOID and name not in CLOSED_BY_THE_NEXT:
            self.open.append(name)
            self._open_formatting += name in FORMATTING

    def _forget_innermost(self) -> str:
        name = self.open.pop()
        self._open_formatting -= name in FORMATTING
        return name


def _page_name(name: str) -> str:
    """The page's own title is its only heading of level 1."""
    return "h2" if name == "h1" else name


def _without_comments(html: str) -> str:
    parts = []
    position = 0
    while (start := html.find("<!--", position)) >= 0:
        end = html.find("-->", start + 2)
        if end < 0:
            break
        parts.append(html[position:start])
        position = end + len("-->")
    return "".join(parts) + html[position:]
