"""Plain text out of sanitised HTML: for word counts, descriptions and lists."""

import re
from html import unescape

EXCERPT_LIMIT = 300

# The sanitiser writes `<` and `>` inside attributes as entities, so a tag really ends at the next `>`.
_TAG = re.compile(r"<[^>]*>")
_BLOCK_TAG = re.compile(
    r"</?(?:address|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h[2-6]|hr|li|ol|p|pre"
    r"|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^>]*>"
)
# The sign that links to a heading is there for the eye only.
_HEADING_ANCHOR = re.compile(r'<a class="heading-anchor".*?</a>', re.DOTALL)
_FOOTNOTE_SIGN = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
# What an excerpt leaves out: it wants the sentences at the beginning, not the furniture around them.
_NOT_PROSE = re.compile(rf"<(h[2-6]|pre|table|figcaption|dt)\b.*?</\1>|{_FOOTNOTE_SIGN.pattern}", re.DOTALL)
_FOOTNOTES = '<section class="footnotes"'
_CJK = re.compile("[\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]")
_BETWEEN_WORDS = re.compile(r"[\s—–/]+")


def plain_text(html: str) -> str:
    """Return what a reader sees of sanitised HTML, with one space between words and blocks."""
    without_anchors = _HEADING_ANCHOR.sub("", html)
    text = unescape(_TAG.sub("", _BLOCK_TAG.sub(" ", without_anchors)))
    return " ".join(text.split())


def count_words(text: str) -> int:
    """Count the words of plain text.

    Chinese and Japanese are written without spaces; two of their characters count as one word, which
    is about the length of a word there and fits the speed of reading.
    """
    cjk_characters = len(_CJK.findall(text))
    words = _BETWEEN_WORDS.split(_CJK.sub(" ", text))
    return (cjk_characters + 1) // 2 + sum(1 for word in words if any(map(str.isalnum, word)))


def count_read_words(html: str) -> int:
    """Count the words that a reader of sanitised HTML reads. The number of a footnote is a sign, no word."""
    return count_words(plain_text(_FOOTNOTE_SIGN.sub("", html)))


def excerpt(html: str, limit: int = EXCERPT_LIMIT) -> str:
    """Return the beginning of the prose in sanitised HTML, at most `limit` characters, cut at a word.

    A post without prose gives the beginning of whatever text it has.
    """
    body = html.partition(_FOOTNOTES)[0]
    return shorten(plain_text(_NOT_PROSE.sub(" ", body)) or plain_text(body), limit)


def shorten(text: str, limit: int) -> str:
    """Cut plain text at a word so that it has at most `limit` characters, the ellipsis included."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut if text[limit - 1].isspace() else cut.rpartition(" ")[0]
    # Where a word is very long or nothing has spaces, losing the end of it is better than losing most.
    whole = at_word if len(at_word) > limit // 2 else cut
    return whole.rstrip(" ,;:–—-") + "…"
