"""The renderer as its callers see it. Parts with rules of their own have test files of their own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError

import pytest

from web.html.markdown import RENDERER_VERSION, Rendered, render_comment, render_post

CASES = [
    ("paragraph", "Hello *world*", "<p>Hello <em>world</em></p>"),
    ("strong", "**bold** and __bold__", "<strong>bold</strong> and <strong>bold</strong>"),
    ("hard break", "one  \ntwo", "one<br>\ntwo"),
    ("soft break", "one\ntwo", "<p>one\ntwo</p>"),
    ("entities", "AT&T &copy; <3", "AT&amp;T © &lt;3"),
    ("strikethrough", "~~old~~", "<s>old</s>"),
    ("quote", "> wise", "<blockquote>\n<p>wise</p>\n</blockquote>"),
    ("ordered list from a number", "3. three\n4. four", '<ol start="3">\n<li>three</li>'),
    ("rule", "a\n\n---\n\nb", "<hr>"),
    ("inline code keeps tags as text", "`<b>`", "<code>&lt;b&gt;</code>"),
    (
        "definition list",
        "Quire\n: Sheets folded together",
        "<dl>\n<dt>Quire</dt>\n<dd>Sheets folded together</dd>\n</dl>",
    ),
    ("reference link", "[a]\n\n[a]: /b 'title'", '<a href="/b" title="title">a</a>'),
    ("image", '![A *press*](/p.svg "t")', '<img loading="lazy" decoding="async" src="/p.svg" alt="A press" title="t">'),
    ("raw image", "<img src=/p.svg alt=x>", '<img loading="lazy" decoding="async" src="/p.svg" alt="x">'),
    ("kbd", "<kbd>Ctrl</kbd>", "<kbd>Ctrl</kbd>"),
    ("sub and sup", "H<sub>2</sub>O x<sup>2</sup>", "H<sub>2</sub>O x<sup>2</sup>"),
    ("abbr", '<abbr title="what">w</abbr>', '<abbr title="what">w</abbr>'),
    (
        "details",
        "<details>\n<summary>More</summary>\n\n*text*\n\n</details>",
        "<summary>More</summary>\n<p><em>text</em></p>",
    ),
    ("figure", "<figure>\n\n![](/a.svg)\n\n<figcaption>Cap</figcaption>\n</figure>", "<figcaption>Cap</figcaption>"),
    ("ins and del", "<ins>new</ins> <del>old</del>", "<ins>new</ins> <del>old</del>"),
    (
        "picture",
        '<picture><source srcset="a.webp 1x, b.webp 2x" type="image/webp"><img src="a.png" alt=""></picture>',
        '<source srcset="a.webp 1x, b.webp 2x" type="image/webp">',
    ),
    ("right to left", '<p dir="rtl" lang="ar">نص</p>', '<p dir="rtl" lang="ar">نص</p>'),
    ("html comment", "a <!-- note --> b", "<p>a  b</p>"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_post_becomes(text: str, expected: str) -> None:
    assert expected in render_post(text).html


def test_an_empty_post_is_empty() -> None:
    assert render_post("") == Rendered(html="", word_count=0, excerpt="")
    assert render_post(" \n\n\t").html == ""


def test_the_result_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        render_post("x").html = "y"  # type: ignore[misc]


def test_the_renderer_has_a_version() -> None:
    assert RENDERER_VERSION >= 1


def test_words_are_counted_as_read() -> None:
    rendered = render_post("# Four words are here\n\nAnd *six* more[^1] in `this` line.\n\n[^1]: Two more.")
    assert rendered.word_count == 4 + 6 + 2


def test_the_excerpt_is_the_beginning_of_the_prose() -> None:
    rendered = render_post("## Heading\n\n```py\nx = 1\n```\n\nIt *begins*[^1] here &amp; goes on.\n\n[^1]: Not this.")
    assert rendered.excerpt == "It begins here & goes on."


def test_the_excerpt_of_a_post_without_prose_is_what_there_is() -> None:
    assert render_post("## Only a heading").excerpt == "Only a heading"


def test_rendering_is_repeatable() -> None:
    text = '<img alt="b" src="/a"> [x](https://a.example "t")\n\n- [x] done\n\n| a |\n|--:|\n| 1 |'
    assert len({render_post(text).html for _ in range(20)}) == 1


def test_threads_can_render_at_once() -> None:
    texts = [f"# Heading {n}\n\nText[^1] `code`\n\n```python\nprint({n})\n```\n\n[^1]: Note {n}" for n in range(40)]
    expected = [render_post(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(render_post, texts)) == expected
        assert list(pool.map(render_comment, texts)) == [render_comment(text) for text in texts]


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x1f", "\x7f", "\ud800", "\uffff", "&#1;", "&#0;"])
def test_no_character_survives_that_a_feed_cannot_carry(character: str) -> None:
    for html in (render_post(f"a{character}b `{character}`").html, render_comment(f"a{character}b")):
        assert all(
            c in "\t\n\r" or (" " <= c < "\x7f") or ("\x80" <= c < "\ud800") or "\ue000" <= c < "\ufffe" for c in html
        )
