"""Links and bare addresses."""

import pytest

from web.html.markdown import render_post


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[in](/posts/a)", '<a href="/posts/a">in</a>'),
        ("[out](https://a.example)", '<a href="https://a.example" rel="noopener">out</a>'),
        ("[out](//a.example)", '<a href="//a.example" rel="noopener">out</a>'),
        ("[out](HTTP://a.example)", 'rel="noopener">out</a>'),
        ("[mail](mailto:a@b.example)", '<a href="mailto:a@b.example">mail</a>'),
        ("<https://a.example>", '<a href="https://a.example" rel="noopener">https://a.example</a>'),
        ("[top](#top)", '<a href="#top">top</a>'),
        ('<a href="/x" rel="me evil opener">me</a>', '<a href="/x" rel="me">me</a>'),
        ('<a href="https://a.example" target="_blank">x</a>', '<a href="https://a.example">x</a>'),
    ],
)
def test_links(text: str, expected: str) -> None:
    assert expected in render_post(text).html


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("See https://a.example/b.", "https://a.example/b", "."),
        ("See https://a.example/b, then", "https://a.example/b", ", then"),
        ("(https://a.example/b)", "https://a.example/b", ")"),
        ("https://a.example/a_(b)", "https://a.example/a_(b)", "</p>"),
        ("https://a.example/a_b_c", "https://a.example/a_b_c", "</p>"),
        ("“https://a.example/b”", "https://a.example/b", "”"),
        ("https://a.example/?a=1&b=2!", "https://a.example/?a=1&amp;b=2", "!"),
        ("[https://a.example/b]", "https://a.example/b", "]"),
        ("https://a.example...", "https://a.example", "..."),
    ],
)
def test_a_bare_address_becomes_a_link(text: str, address: str, after: str) -> None:
    assert f'<a href="{address}" rel="noopener">{address}</a>{after}' in render_post(text).html


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.example`",
        "    https://a.example",
        "https://",
        "xhttps://a.example",
        "ftp://a.example",
        "javascript://a.example",
    ],
)
def test_no_link_is_made_of(text: str) -> None:
    assert "<a" not in render_post(text).html


@pytest.mark.parametrize(
    "text", ["[https://b.example](https://a.example)", '<a href="https://a.example">https://b.example</a>']
)
def test_an_address_inside_a_link_is_text(text: str) -> None:
    assert render_post(text).html.count("<a ") == 1


def test_two_addresses_in_one_sentence() -> None:
    html = render_post("From https://a.example to https://b.example or *https://c.example*").html
    assert html.count('rel="noopener"') == 3
    assert "From <a" in html
    assert "</a> to <a" in html
