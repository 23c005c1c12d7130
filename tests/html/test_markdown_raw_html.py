"""HTML typed into Markdown, before the sanitiser."""

import pytest

from web.html.markdown import render_post
from web.html.markdown_raw_html import DEPTH_LIMIT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Vec<u8> or Map<String, Key>", "<p>A Vec&lt;u8&gt; or Map&lt;String, Key&gt;</p>"),
        ("Type `git` <branch-name> now", "<p>Type <code>git</code> &lt;branch-name&gt; now</p>"),
        ("<hx-partial>x</hx-partial>", "<p>&lt;hx-partial&gt;x&lt;/hx-partial&gt;</p>"),
        ("<?php echo 1 ?>", "&lt;?php echo 1 ?&gt;"),
        ("a <!DOCTYPE html> b", "a &lt;!DOCTYPE html&gt; b"),
        ("<div\n", "&lt;div\n"),
        ("<div>\n<div <b>x\n</div>", "<div>\n&lt;div <b>x\n"),
        ("<!-- a -->b<!-- c", "b&lt;!-- c"),
    ],
)
def test_what_is_no_known_tag_is_shown_as_typed(text: str, expected: str) -> None:
    assert expected in render_post(text).html


def test_a_tag_ends_with_its_paragraph() -> None:
    assert render_post("a <b>bold\n\nnot bold").html == "<p>a <b>bold</b></p>\n<p>not bold</p>\n"


def test_a_block_may_span_paragraphs() -> None:
    html = render_post("<aside>\n\n*one*\n\ntwo\n\n</aside>\n\nthree").html
    assert html == "<aside>\n<p><em>one</em></p>\n<p>two</p>\n</aside>\n<p>three</p>\n"


def test_a_link_around_blocks() -> None:
    assert '<a href="/x">\n<p><img' in render_post('<a href="/x">\n\n![](/a.svg)\n\n</a>').html


def test_an_unclosed_block_ends_with_the_post() -> None:
    assert render_post("<div>\n\ntext").html == "<div>\n<p>text</p>\n</div>"


def test_depth_is_limited() -> None:
    html = render_post("<div>\n" * 500).html
    assert html.count("<div>") >= DEPTH_LIMIT
    assert "&lt;div&gt;" in html


def test_attributes_may_hold_signs() -> None:
    assert '<abbr title="a &gt; b">x</abbr>' in render_post('<abbr title="a > b">x</abbr>').html


# Each of these would have the parser open every <b> again in every following block.
MULTIPLIERS = {
    "unclosed": "<b id={n}><p>",
    "hidden in a comment": "<b id={n}><!--</b>-->",
    "hidden in an attribute": '<b id={n} title="</b>">x<p>',
    "hidden in a title": "<b id={n}><title></b></title><p>",
    "closed within a cell": "<b id={n}><table><tr><td></b></td></tr></table><p>",
    "crossed": "<b id={n}><i id={n}></b><p>",
    "one a block": "<b id={n}>\n\nx\n\n",
    "a block of HTML": "<div><b id={n}></div>\n\n",
    "lists": "<ul><li><b id={n}>",
}


@pytest.mark.parametrize("pattern", MULTIPLIERS.values(), ids=MULTIPLIERS.keys())
def test_tags_do_not_multiply(pattern: str) -> None:
    text = "".join(pattern.replace("{n}", str(n)) for n in range(2000))
    assert len(render_post(text).html) < 30 * len(text)
