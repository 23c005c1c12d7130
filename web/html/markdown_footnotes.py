"""How footnotes are written: notes at the end, and links both ways that say where they lead."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from web.html.sanitise import ID_PREFIX

_BLOCK_START = '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n'
_BLOCK_END = "</ol>\n</section>\n"


def footnotes_plugin(parser: MarkdownIt) -> None:
    """Read `[^1]` and `^[…]`. Ids carry a colon, so that no heading's id can be the same."""
    parser.use(footnote_plugin)
    parser.add_render_rule("footnote_ref", _reference)
    parser.add_render_rule("footnote_block_open", lambda *_: _BLOCK_START)
    parser.add_render_rule("footnote_block_close", lambda *_: _BLOCK_END)
    parser.add_render_rule("footnote_open", _note_start)
    parser.add_render_rule("footnote_anchor", _way_back)


def _number(token: Token) -> int:
    return int(token.meta["id"]) + 1


def _reference_id(token: Token) -> str:
    """A note that is referred to again has a place to go back to for each time."""
    repetition = int(token.meta.get("subId", 0))
    return f"{ID_PREFIX}fnref:{_number(token)}" + (f":{repetition + 1}" if repetition else "")


def _reference(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
) -> str:
    number = _number(tokens[place])
    return (
        f'<sup class="footnote-ref"><a href="#{ID_PREFIX}fn:{number}" id="{_reference_id(tokens[place])}" '
        f'role="doc-noteref" aria-label="Footnote {number}">{number}</a></sup>'
    )


def _note_start(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
) -> str:
    return f'<li id="{ID_PREFIX}fn:{_number(tokens[place])}">'


def _way_back(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
) -> str:
    # The variation selector keeps phones from showing the arrow as a picture.
    return (
        f' <a href="#{_reference_id(tokens[place])}" class="footnote-backref" role="doc-backlink" '
        'aria-label="Back to the text">\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}</a>'
    )
