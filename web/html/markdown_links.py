"""Links: bare web addresses become some, and those that lead elsewhere say so."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# An address ends before a blank, an angle bracket or a quotation mark. Brackets are looked at afterwards.
_ADDRESS = re.compile(r"(?<![\w/])https?://(?=\w)[^\s<>\"“”«»`]+", re.IGNORECASE)
_END_OF_SENTENCE = "?!.,:;*_~'’…]"
_EXTERNAL = ("http://", "https://", "//")


def links_plugin(parser: MarkdownIt) -> None:
    """Make links of `https://…` in the text, and mark links to other places with `rel="noopener"`."""
    parser.core.ruler.push("links", _links)


def _links(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            if "://" in token.content:
                token.children = _with_bare_addresses(state.md, token.children)
            _mark_external(token.children)


def _mark_external(tokens: list[Token]) -> None:
    for token in tokens:
        if token.type == "link_open" and str(token.attrGet("href")).lower().startswith(_EXTERNAL):
            token.attrSet("rel", "noopener")


def _with_bare_addresses(parser: MarkdownIt, tokens: list[Token]) -> list[Token]:
    linked: list[Token] = []
    depth = 0
    for token in tokens:
        depth += _link_depth(token)
        if token.type == "text" and depth <= 0:
            linked += _split(parser, token)
        else:
            linked.append(token)
    return linked


def _link_depth(token: Token) -> int:
    """How much deeper inside a link, Markdown's or HTML's, the text after this token is."""
    if token.type == "html_inline":
        tag = token.content[:3].lower()
        return 1 if tag in ("<a ", "<a>") else -1 if tag == "</a" else 0
    return token.nesting if token.type in ("link_open", "link_close") else 0


def _split(parser: MarkdownIt, token: Token) -> list[Token]:
    parts: list[Token] = []
    position = 0
    for match in _ADDRESS.finditer(token.content):
        address = _without_end_of_sentence(match[0])
        before = _text(token.content[position : match.start()])
        parts += [before, *_link(parser.normalizeLink(address), address)]
        position = match.start() + len(address)
    return [*parts, _text(token.content[position:])]


def _without_end_of_sentence(address: str) -> str:
    """Leave out punctuation that belongs to the sentence, and a closing bracket that was opened before."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while address[end - 1] in _END_OF_SENTENCE or (address[end - 1] == ")" and surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _link(href: str, text: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": href}), _text(text), Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
