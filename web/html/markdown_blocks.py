"""How code, tables and task lists are written, where Markdown's own way is not enough."""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from web.html.highlight import highlight

# Text flows the other way in right-to-left languages: a table's columns are aligned by start and end.
_ALIGNMENTS = {"text-align:center": "align-center", "text-align:right": "align-end"}
_TABLE_START = '<div class="table-scroll" role="region" tabindex="0" aria-label="Table">\n<table>\n'
_TABLE_END = "</table>\n</div>\n"


def code_plugin(parser: MarkdownIt) -> None:
    """Write code blocks with highlighting; a fence's first word names the language."""
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("code_block", _code_block)


def tables_plugin(parser: MarkdownIt) -> None:
    """Write tables in a frame that scrolls, also by keyboard, where they are wider than the page."""
    parser.add_render_rule("table_open", lambda *_: _TABLE_START)
    parser.add_render_rule("table_close", lambda *_: _TABLE_END)
    parser.add_render_rule("th_open", _cell)
    parser.add_render_rule("td_open", _cell)


def task_lists_plugin(parser: MarkdownIt) -> None:
    """Write the boxes of `- [x]` so that a screen reader says which are done; to be used after raw HTML's plugin."""
    parser.options["tasklists"] = True
    # Markdown's own way puts the box before the first paragraph, on a line of its own where that is a block.
    parser.add_render_rule("list_item_open", RendererHTML.renderToken)
    parser.core.ruler.push("task_boxes", _task_boxes)


def _task_boxes(state: StateCore) -> None:
    for place, token in enumerate(state.tokens):
        if token.type == "list_item_open" and "checked" in token.meta:
            following = state.tokens[place + 2] if state.tokens[place + 1].type == "paragraph_open" else None
            box = Token("html_inline", "", 0, content=_task_box(token.meta["checked"]))
            if following is not None and following.children is not None:
                following.children.insert(0, box)


def _task_box(is_done: bool) -> str:
    state = 'checked="" aria-label="Done"' if is_done else 'aria-label="To do"'
    return f'<input class="task-list-item-checkbox" type="checkbox" disabled="" {state}> '


def _fence(_renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType) -> str:
    token = tokens[place]
    # `python`, `python title="…"`, `{python}` and `{.python}` are all in use.
    language = unescapeAll(token.info).strip("{}. \t").split(maxsplit=1)
    return _code(token.content, language[0] if language else "")


def _code_block(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType
) -> str:
    return _code(tokens[place].content, "")


def _code(code: str, language: str) -> str:
    # Long lines scroll, and what scrolls must be reachable by keyboard.
    return f'<div class="highlight"><pre tabindex="0"><code>{highlight(code, language)}</code></pre></div>\n'


def _cell(renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[place]
    attributes: dict[str, Any] = {"scope": "col"} if token.tag == "th" else {}
    alignment = _ALIGNMENTS.get(str(token.attrs.pop("style", "")))
    if alignment:
        attributes["class"] = alignment
    token.attrs = {**token.attrs, **attributes}
    return renderer.renderToken(tokens, place, options, env)
