"""Markdown to HTML, for posts and comments: pure functions that any thread may call."""

from dataclasses import dataclass

from web.html.markdown_limits import has_too_many_brackets
from web.html.markdown_parsers import comment_parser, post_parser, post_parser_without_links
from web.html.sanitise import sanitise_comment, sanitise_post
from web.html.text import count_read_words, excerpt

# Raised with every change of what the same text becomes; `colophon render` renders what is older again.
RENDERER_VERSION: int = 3

_POST = post_parser()
_POST_WITHOUT_LINKS = post_parser_without_links()
_COMMENT = comment_parser()


@dataclass(frozen=True)
class Rendered:
    """What a post's text becomes.

    `html` is sanitised and may stand in a page as it is. `excerpt` is plain text: the beginning, at most
    300 characters, cut at a word.
    """

    html: str
    word_count: int
    excerpt: str


def render_post(text: str) -> Rendered:
    """Render the Markdown of a post. Whatever the text, this neither raises nor returns unsafe HTML."""
    parser = _POST_WITHOUT_LINKS if has_too_many_brackets(text) else _POST
    html = sanitise_post(parser.render(text))
    return Rendered(html=html, word_count=count_read_words(html), excerpt=excerpt(html))


def render_comment(text: str) -> str:
    """Render the small Markdown of a comment to sanitised HTML."""
    return sanitise_comment(_COMMENT.render(text))
