"""Attribute lists."""

import pytest

from web.transfer.kramdown import without_attribute_lists


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text\n{: .wide}\n\nmore", "Text\n\nmore"),
        ("Text\n{:.wide #id}", "Text\n"),
        ('![a](b){: width="5" .x}', "![a](b)"),
        ('[a](b){:target="_blank"} c', "[a](b) c"),
        ("*a*{: .x} b", "*a* b"),
        ("Thanks! {.small}", "Thanks!"),
        ("## Heading {#own-id}", "## Heading"),
        ("* TOC\n{:toc}\n\nText", "\nText"),
        ("1. This is replaced\n{: toc}\nText", "Text"),
    ],
)
def test_attribute_lists_go(text: str, expected: str) -> None:
    assert without_attribute_lists(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A set {x} and {.} and {: }",
        "`{: .x}` is an attribute list",
        "```\nText\n{: .x}\n```",
        "~~~ruby\n{:a => 1}\n{: .x}\n~~~",
        "Ruby's {:a => 1}",
        "{% liquid %}",
        "a {.b} c",
    ],
)
def test_other_braces_and_code_stay(text: str) -> None:
    assert without_attribute_lists(text) == text
