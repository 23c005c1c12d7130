"""Bounds for what no person writes, so that no text can keep the renderer busy or overflow its stack."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image
from mdit_py_plugins.footnote.index import footnote_inline

# Blocks within blocks. What is nested deeper is not shown.
NESTING_LIMIT = 40
# An image's description may hold images, a footnote footnotes: each is parsed by a parser within the parser.
PARSER_LIMIT = 5
# Each opening bracket may begin a link, which costs a tenth of a millisecond to find out.
BRACKET_LIMIT = 10_000


def has_too_many_brackets(text: str) -> bool:
    """Whether a text has more brackets than any list of links, so that looking for links would take long."""
    return text.count("[") > BRACKET_LIMIT


def limits_plugin(parser: MarkdownIt) -> None:
    """Keep images within images and notes within notes shallow; to be used after the footnote plugin."""
    parser.inline.ruler.at("image", _limited_image)
    parser.inline.ruler.at("footnote_inline", _limited_footnote)


def _limited_image(state: StateInline, silent: bool) -> bool:
    return _enter(state) and _leave(state, image(state, silent))


def _limited_footnote(state: StateInline, silent: bool) -> bool:
    return _enter(state) and _leave(state, footnote_inline(state, silent))


def _enter(state: StateInline) -> bool:
    depth = state.env.get("parsers", 0)
    if depth >= PARSER_LIMIT:
        return False
    state.env["parsers"] = depth + 1
    return True


def _leave(state: StateInline, matched: bool) -> bool:
    state.env["parsers"] -= 1
    return matched
