"""The three Markdown parsers, each put together once."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.deflist import deflist_plugin

from web.html.markdown_blocks import code_plugin, tables_plugin, task_lists_plugin
from web.html.markdown_footnotes import footnotes_plugin
from web.html.markdown_headings import headings_plugin
from web.html.markdown_limits import NESTING_LIMIT
from web.html.markdown_links import links_plugin
from web.html.markdown_raw_html import raw_html_plugin
from web.html.pictures import pictures_plugin

_BRACKET_RULES = ["link", "image", "footnote_inline", "footnote_ref"]
_NOT_IN_COMMENTS = ["heading", "lheading", "hr", "html_block", "html_inline", "image", "reference"]


def post_parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough, footnotes, task lists, definition lists and heading links."""
    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": False, "maxNesting": NESTING_LIMIT})
    parser.enable(["table", "strikethrough"])
    for plugin in (footnotes_plugin, deflist_plugin, code_plugin, tables_plugin):
        parser.use(plugin)
    # These work on the finished tokens, in this order: what is typed is cleaned before anything is added.
    for plugin in (raw_html_plugin, links_plugin, pictures_plugin, task_lists_plugin, headings_plugin):
        parser.use(plugin)
    return _warm(parser)


def post_parser_without_links() -> MarkdownIt:
    """The same for texts with so many brackets that looking for links among them would take minutes."""
    return _warm(post_parser().disable(_BRACKET_RULES))


def comment_parser() -> MarkdownIt:
    """Paragraphs with their line breaks, emphasis, code, links, lists and quotes; all else is shown as typed."""
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "breaks": True})
    parser.disable(_NOT_IN_COMMENTS)
    parser.inline.ruler.before("link", "image_as_typed", _image_as_typed)
    return _warm(parser.use(code_plugin).use(links_plugin))


def _image_as_typed(state: StateInline, silent: bool) -> bool:
    """Without this, `![words](address)` would be an exclamation mark and a link."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.pending += "!["
    state.pos += len("![")
    return True


def _warm(parser: MarkdownIt) -> MarkdownIt:
    """Parse something: the parser sorts its rules at the first use, which must not happen in two threads at once."""
    parser.render("warm")
    return parser
