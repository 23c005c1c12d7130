"""Texts that no person writes. The bounds, in processor time, are many times what was measured."""

import time

import pytest

from web.html.markdown import render_comment, render_post

MANY = 100_000
SOME = 20_000

# Measured: 0.1 to 3 seconds of processor time each.
HOSTILE_POSTS = {
    "brackets": "[" * MANY,
    "paired brackets": "[" * MANY + "a" + "]" * MANY,
    "images in images": "![" * MANY + "](x)" * MANY,
    "images in images, as deep as possible": ("![" * 39 + "](x)" * 39) * 50,
    "notes in notes": "^[" * MANY + "]" * MANY,
    "notes in notes, as deep as possible": ("^[" * 39 + "]" * 39 + " ") * 50,
    "nested quotes": ">" * MANY + "a",
    "nested lists": "- " * SOME + "a",
    "deep indentation": "".join(" " * (2 * n) + "- a\n" for n in range(700)),
    "nested elements": "<div>" * SOME,
    "elements in blocks": "<ul><li>\n" * 5_000,
    "unclosed comments": "<!--" * SOME,
    "unclosed tags": "<a " * SOME,
    "emphasis": "*a **b " * (SOME // 4),
    "backticks": "`" * SOME,
    "entities": "&amp" * SOME,
    "escapes": "\\" * SOME,
    "one word": "a" * 1_000_000,
    "dots after an address": "https://a" + "." * MANY,
    "equal headings": "# a\n" * 2_000,
    "wide table": "|a" * 4_000 + "|\n" + "|-" * 4_000 + "|\n" + "|b" * 4_000 + "|",
    "repeated note": "[^a]" * 9_000 + "\n\n[^a]: x",
    "long listing": "```python\n" + "x = [1, 2]\n" * 20_000 + "```",
    "unknown languages": "".join(f"```zork{n}\nx\n```\n" for n in range(2_000)),
}


@pytest.mark.parametrize("text", HOSTILE_POSTS.values(), ids=HOSTILE_POSTS.keys())
def test_a_hostile_post_is_rendered_in_time(text: str) -> None:
    started = time.process_time()
    assert render_post(text).html
    assert time.process_time() - started < 30


@pytest.mark.parametrize(
    "unit", ["[", "![", "^[", "[a](", "[a][", "*a ", "- a\n", "`", "<b>", "https://a.b ", "> ", "```py\n"]
)
def test_a_hostile_comment_is_rendered_in_time(unit: str) -> None:
    started = time.process_time()
    assert render_comment((unit * 10_000)[:10_000])
    assert time.process_time() - started < 10


def test_the_longest_body_is_rendered_whole() -> None:
    paragraph = "A compositor sets *type* by [hand](https://a.example), `letter` by letter, line by line. " * 6 + "\n\n"
    text = paragraph * (1_000_000 // len(paragraph))
    started = time.process_time()
    rendered = render_post(text)
    assert time.process_time() - started < 30
    assert rendered.html.count("<p>") == text.count("\n\n")
    assert rendered.html.count("<a ") == text.count("](") > 10_000
    assert rendered.html.endswith("line by line.</p>\n")


def test_shallow_nesting_is_not_touched() -> None:
    html = render_post("![a ![b](c)](d) [![e](f)](g) x^[note ^[in note]]\n\n> > > - - a").html
    assert html.count("<img") == 2
    assert html.count("<li id=") == 2
    assert html.count("<blockquote>") == 3


def test_a_list_of_a_thousand_links_is_a_list_of_links() -> None:
    assert render_post("- [a](/b)\n" * 1_000).html.count("<a ") == 1_000
