"""Plain text out of HTML."""

import pytest

from tests.html.counted_words import COUNTED_WORDS
from web.html.markdown import render_post
from web.html.text import EXCERPT_LIMIT, count_words, excerpt, plain_text, shorten


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<p><em>un</em>real &amp; <code>&lt;b&gt;</code></p>", "unreal & <b>"),
        ("a<br>b", "a b"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ('<p title="a &gt; b">x</p>', "x"),
        ('<h2>T <a class="heading-anchor" href="#t">#</a></h2>', "T"),
        ("", ""),
    ],
)
def test_plain_text(html: str, expected: str) -> None:
    assert plain_text(html) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("one two  three", 3),
        ("don't re-print", 2),
        ("one — two—three and/or", 5),
        ("- * …", 0),
        ("42 pages", 2),
        ("活字印刷", 2),
        ("活字", 1),
        ("カタカナとGutenberg", 4),
        ("한국어 금속활자", 2),
        ("हिन्दी में", 2),
    ],
)
def test_words(text: str, expected: int) -> None:
    assert count_words(text) == expected


@pytest.mark.parametrize(("text", "expected"), COUNTED_WORDS)
def test_words_of_a_post_are_those_that_a_person_would_count(text: str, expected: int) -> None:
    assert render_post(text).word_count == expected


def test_an_excerpt_is_cut_at_a_word() -> None:
    cut = excerpt(f"<p>{'word ' * 100}</p>")
    assert len(cut) <= EXCERPT_LIMIT
    assert cut.endswith("word…")


def test_a_short_text_is_not_cut() -> None:
    assert excerpt("<p>Short.</p>") == "Short."
    assert excerpt("<p>" + "x" * EXCERPT_LIMIT + "</p>") == "x" * EXCERPT_LIMIT


@pytest.mark.parametrize("text", ["x" * 400, "漢字" * 200, "a " + "x" * 400])
def test_a_text_without_blanks_is_cut_somewhere(text: str) -> None:
    assert len(excerpt(f"<p>{text}</p>")) == EXCERPT_LIMIT


def test_a_cut_leaves_no_comma_behind() -> None:
    assert shorten("one, two, three", 10) == "one, two…"
    assert shorten("one two three", 8) == "one two…"


def test_an_excerpt_leaves_out_what_is_no_prose() -> None:
    html = '<h2>H</h2><pre>c</pre><table><tr><td>t</td></tr></table><p>P<sup class="footnote-ref">1</sup></p>'
    assert excerpt(html + '<section class="footnotes"><ol><li>n</li></ol></section>') == "P"
