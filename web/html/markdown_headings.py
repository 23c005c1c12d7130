"""Headings: levels below the page's own, addresses that stay, and a link to each."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from slugify import slugify

from web.html.sanitise import ID_PREFIX

FIRST_LEVEL = 2
LAST_LEVEL = 6
ID_LIMIT = 80


def headings_plugin(parser: MarkdownIt) -> None:
    """Give each heading its level in the page, an id made of its words, and a link to itself."""
    parser.core.ruler.push("headings", _headings)


def _headings(state: StateCore) -> None:
    levels = [int(token.tag[1]) for token in state.tokens if token.type == "heading_open"]
    # The page's h1 is the title. Whatever level a post begins with, its highest one follows the title.
    shift = FIRST_LEVEL - min(levels, default=FIRST_LEVEL)
    ids = _UniqueIds()
    for opening, inline, closing in _heading_tokens(state.tokens):
        opening.tag = closing.tag = f"h{min(int(opening.tag[1]) + shift, LAST_LEVEL)}"
        heading_id = ids.new(_text(inline))
        opening.attrSet("id", heading_id)
        inline.children = [*(inline.children or []), *_permalink(heading_id)]


def _heading_tokens(tokens: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[place + 1], tokens[place + 2]


def _text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _permalink(heading_id: str) -> list[Token]:
    attributes: dict[str, str | int | float] = {
        "class": "heading-anchor",
        "href": f"#{heading_id}",
        "aria-label": "Link to this section",
    }
    return [
        Token("text", "", 0, content=" "),
        Token("link_open", "a", 1, attrs=attributes),
        Token("text", "", 0, content="#"),
        Token("link_close", "a", -1),
    ]


class _UniqueIds:
    """Ids of one document: equal headings are numbered in the order they stand in."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next_number: dict[str, int] = {}

    def new(self, text: str) -> str:
        words = slugify(text, allow_unicode=True, max_length=ID_LIMIT, word_boundary=True) or "section"
        base = new = f"{ID_PREFIX}{words}"
        while new in self._taken:
            number = self._next_number.get(base, 2)
            self._next_number[base] = number + 1
            new = f"{base}-{number}"
        self._taken.add(new)
        return new
