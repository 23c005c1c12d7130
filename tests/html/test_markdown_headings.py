"""Levels, ids and links of headings."""

import re

import pytest

from web.html.markdown import render_post


def levels(text: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h(\d)", render_post(text).html)]


def ids(text: str) -> list[str]:
    return re.findall(r'<h\d id="([^"]*)"', render_post(text).html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A\n\n### B\n\n## C", [2, 3, 2]),
        ("# A\n\n## B\n\n# C", [2, 3, 2]),
        ("### A\n\n#### B", [2, 3]),
        ("## A\n\n# B", [3, 2]),
        ("# A\n\n###### B", [2, 6]),
        ("A\n=\n\nB\n-", [2, 3]),
        ("> # quoted\n\n- # listed", [2, 2]),
        ("<h1>raw</h1>\n\n<H1>Raw</H1>", [2, 2]),
    ],
)
def test_the_highest_level_of_a_post_follows_the_title(text: str, expected: list[int]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("The Colophon", "text-the-colophon"),
        ("What is `SELECT`?", "text-what-is-select"),
        ("*Über* Größe", "text-über-größe"),
        ("版画の歴史", "text-版画の歴史"),
        ("[A link](https://a.example)", "text-a-link"),
        ("!?", "text-section"),
        ("Comments", "text-comments"),
    ],
)
def test_an_id_is_made_of_the_words(heading: str, expected: str) -> None:
    assert ids(f"## {heading}") == [expected]


def test_ids_are_unique_and_keep_their_order() -> None:
    assert ids("# A\n# A\n# A 2\n# A") == ["text-a", "text-a-2", "text-a-2-2", "text-a-3"]


def test_a_long_heading_has_a_short_id() -> None:
    assert len(ids("# " + "word " * 100)[0]) <= 85


def test_a_heading_links_to_itself() -> None:
    html = render_post("## A & B").html
    anchor = '<a class="heading-anchor" href="#text-a-b" aria-label="Link to this section">#</a>'
    assert html == f'<h2 id="text-a-b">A &amp; B {anchor}</h2>\n'


def test_the_sign_of_the_link_is_no_text() -> None:
    assert render_post("## A B").word_count == 2
    assert render_post("## A B").excerpt == "A B"


def test_a_link_within_the_text_finds_its_heading() -> None:
    assert '<a href="#text-a">see</a>' in render_post("[see](#a)\n\n## A").html
