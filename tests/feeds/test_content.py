"""The HTML of a post for readers elsewhere."""

import pytest

from web.feeds.content import absolute_html
from web.html.markdown import render_post

PAGE = "https://ada.example/posts/hello"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/tags?a=1&amp;b=2">x</a>', '<a href="https://ada.example/tags?a=1&amp;b=2">x</a>'),
        ('<a href="other">x</a>', '<a href="https://ada.example/posts/other">x</a>'),
        ('<a href="../x y">x</a>', '<a href="https://ada.example/x%20y">x</a>'),
        ('<a href="#text-a">x</a>', '<a href="https://ada.example/posts/hello#text-a">x</a>'),
        ('<a href="?a">x</a>', '<a href="https://ada.example/posts/hello?a">x</a>'),
        ('<a href="">x</a>', '<a href="https://ada.example/posts/hello">x</a>'),
        ('<a href="//cdn.example/x">x</a>', '<a href="https://cdn.example/x">x</a>'),
        ('<a href="http://bob.example/">x</a>', '<a href="http://bob.example/">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<img src="/a.png" alt="&quot;">', '<img src="https://ada.example/a.png" alt="&quot;">'),
        ('<q cite="/a">x</q>', '<q cite="https://ada.example/a">x</q>'),
        ('<q cite="http://[">x</q>', '<q cite="http://[">x</q>'),
    ],
)
def test_addresses_become_absolute(before: str, after: str) -> None:
    assert absolute_html(before, PAGE) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a.png", "https://ada.example/posts/a.png"),
        ("a.png 1x, /b.png 2x", "https://ada.example/posts/a.png 1x, https://ada.example/b.png 2x"),
        (" /a.png   100w ,\n/b,c.png 200w,", "https://ada.example/a.png 100w, https://ada.example/b,c.png 200w"),
        ("/a.png, https://b.example/b.png 2x", "https://ada.example/a.png, https://b.example/b.png 2x"),
        ("/a.png 1x,/b.png", "https://ada.example/a.png 1x, https://ada.example/b.png"),
        ("http://[ 1x", "http://[ 1x"),
        (",,", ""),
    ],
)
def test_so_do_those_of_images_in_several_sizes(before: str, after: str) -> None:
    assert absolute_html(f'<img srcset="{before}">', PAGE) == f'<img srcset="{after}">'


def test_what_only_our_pages_understand_is_left_out() -> None:
    html = render_post("# A\n\n```python\ndef f(): pass\n```\n\nText[^1].\n\n- [x] done\n\n[^1]: Note.\n").html
    found = absolute_html(html, PAGE)
    for part in ("class=", " id=", "<span", "tabindex", "heading-anchor", ">#<", "loading="):
        assert part not in found
    assert "<h2>A</h2>" in found
    assert "def f(): pass" in found
    assert "Note." in found
    assert 'type="checkbox"' in found


def test_blank_lines_at_the_beginning_of_code_stay() -> None:
    assert absolute_html("<pre>\n\nx</pre>", PAGE) == "<pre>\n\nx</pre>"
    assert absolute_html('<pre lang="de">\n\nx</pre>', PAGE) == '<pre lang="de">\n\nx</pre>'
    assert absolute_html("<pre>x\n\ny</pre>", PAGE) == "<pre>x\n\ny</pre>"


def test_a_page_that_has_no_address_changes_nothing() -> None:
    assert absolute_html('<a href="/x">x</a>', "https://exa mple/") == '<a href="/x">x</a>'


@pytest.mark.parametrize("text", ["", "<p>", "a < b & c", "<b><i></b>", "]]>", "&nbsp;&#0;&bogus;", "\U0001f4d6"])
def test_twice_is_the_same_as_once(text: str) -> None:
    once = absolute_html(text, PAGE)
    assert absolute_html(once, PAGE) == once
