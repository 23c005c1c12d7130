"""Markdown files with front matter."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.transfer.files import Write, front
from web.transfer.front_matter import read_post_file
from web.transfer.post_file import PostFile, PostFileError


def reason(path: Path) -> str:
    with pytest.raises(PostFileError) as raised:
        read_post_file(path)
    return raised.value.reason


def test_a_whole_file(write: Write) -> None:
    fields = """title: "A *good* title"
date: 2017-01-20 13:05
slug: good
tags: [printing, Type, printing]
authors:
  - ada
  - Grace Hopper
summary: What it **says** &amp; means.
redirect_from:
  - /2017/01/20/Older-Title/
  - /good/"""
    path = write(front(fields, "\n\nThe *body*.\n\n"))
    assert read_post_file(path, ZoneInfo("Europe/Berlin")) == PostFile(
        path=path,
        title="A *good* title",
        body="The *body*.",
        slug="good",
        tags=("printing", "Type"),
        authors=("ada", "Grace Hopper"),
        summary="What it says & means.",
        published_at=datetime(2017, 1, 20, 12, 5, tzinfo=UTC),
        is_draft=False,
        old_addresses=("older-title",),
        warnings=(),
    )


def test_toml(write: Write) -> None:
    text = (
        '+++\ntitle = "T"\ndate = 2017-01-20T13:05:00+01:00\ntags = ["a"]\ndraft = true\naliases = ["/old/"]\n+++\nBody'
    )
    post = read_post_file(write(text))
    assert (post.title, post.tags, post.is_draft, post.old_addresses, post.body) == (
        "T",
        ("a",),
        True,
        ("old",),
        "Body",
    )
    assert post.published_at == datetime(2017, 1, 20, 12, 5, tzinfo=UTC)


def test_windows_line_endings_and_a_byte_order_mark(write: Write) -> None:
    post = read_post_file(write("\ufeff---\r\ntitle: T\r\n---\r\nOne\r\n\r\nTwo\r\n"))
    assert (post.title, post.body) == ("T", "One\n\nTwo")


def test_a_tab_at_the_end_of_a_line_is_nothing(write: Write) -> None:
    assert read_post_file(write("---\ntitle: T\nauthors:\n- melody\t\t\n---\t\nx")).authors == ("melody",)


@pytest.mark.parametrize(
    "body", ["# The Heading\n\nText.", "The Heading\n===\n\nText.", "\n\n## The Heading ##\nText."]
)
def test_without_a_title_the_first_heading_is_it(write: Write, body: str) -> None:
    post = read_post_file(write(front("layout: post", body)))
    assert (post.title, post.body) == ("The Heading", "Text.")


def test_a_sign_at_the_end_of_a_heading_is_part_of_it(write: Write) -> None:
    assert read_post_file(write(front("layout: post", "# Learning C#"))).title == "Learning C#"


def test_a_heading_below_a_title_stays(write: Write) -> None:
    assert read_post_file(write(front("title: T", "# The Heading"))).body == "# The Heading"


def test_a_body_may_be_empty_or_have_rules(write: Write) -> None:
    assert read_post_file(write("---\ntitle: T\n---")).body == ""
    assert read_post_file(write(front("title: T", "a\n\n---\n\nb"))).body == "a\n\n---\n\nb"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Just text.", "no front matter"),
        ("", "no front matter"),
        ("---\ntitle: T\n", "does not end"),
        ("+++\ntitle = 'T'\n", "does not end"),
        ("---\ntitle: [\n---\nx", "not valid YAML in line 3"),
        ("---\ntitle: 'T\n---\nx", "not valid YAML"),
        ("---\ntitle: a: b\n---\nx", "not valid YAML in line 2: mapping values are not allowed here"),
        ("---\n- a\n---\nx", "not a list of fields"),
        ("---\ndate: 2017-13-45\n---\nx", "not valid YAML: month must be in 1..12"),
        ("---\ntitle: !!python/object:os.system x\n---\n", "not valid YAML"),
        ("+++\ntitle = T\n+++\nx", "not valid TOML"),
        ("---\nlayout: x\n---\nNo heading.", "no title"),
        ("---\n---\n", "no title"),
        ("---\ntitle: T\ndate: soon\n---\n", "The date “soon” cannot be read"),
        ("---\ntitle: T\ntags: {a: b}\n---\n", "“tags” must be a text, not a list"),
        ("---\ntitle: T\ntags: [[a]]\n---\n", "“tags” must be a list of texts"),
        ("---\ntitle: [a]\n---\n", "“title” must be a text, not a list"),
        ('---\ntitle: "T\\0"\n---\n', "“title” has a control character (U+0000)"),
        ('---\ntitle: T\ntags: ["\\a"]\n---\n', "“tags” has a control character (U+0007)"),
        ("---\ntitle: T\ndraft: maybe\n---\n", "“draft” must be true or false, not “maybe”"),
        (f"---\ntitle: {'x' * 201}\n---\n", "The title has 201 characters. At most 200 are possible."),
        (f"---\ntitle: T\nslug: {'x' * 201}\n---\n", "The slug has 201 characters"),
        (f"---\ntitle: T\ntags: [{'x' * 51}]\n---\n", "has 51 characters. At most 50 are possible."),
        (f"---\ntitle: T\nauthor: {'x' * 101}\n---\n", "At most 100 are possible."),
        (f"---\ntitle: T\n---\n{'x' * 1_000_001}", "The body has 1000001 characters."),
        (b"---\ntitle: caf\xe9\n---\n", "not UTF-8: byte 0xE9 at position 14"),
        ("---\ntitle: T\n---\n".encode("utf-16"), "not UTF-8"),
        ("---\ntitle: '!?'\n---\nx", ""),
        ("---\na: " + "[" * 1000 + "\n---\n", "not valid YAML"),
        (b"x" * 4_200_000, "larger than 4,100,000 bytes"),
    ],
)
def test_a_file_that_cannot_become_a_post_says_why(write: Write, content: str | bytes, expected: str) -> None:
    path = write(content, "!.md" if b"'!?'" in (content.encode() if isinstance(content, str) else content) else "a.md")
    assert expected in reason(path)


def test_a_name_and_title_without_letters_need_a_slug(write: Write) -> None:
    assert "Please add a slug" in reason(write(front("title: '!?'"), "!.md"))


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    assert reason(tmp_path / "nowhere.md") == "The file cannot be read: No such file or directory."


def test_what_is_not_used_is_named(write: Write) -> None:
    fields = "title: T\nimage: /a.png\nlayout: post\nhero: false\nnotes:\nredirect-from: /x/"
    post = read_post_file(write(front(fields, "<iframe src=x></iframe> {% tabs %}\x07")))
    assert post.old_addresses == ("x",)
    assert post.warnings == (
        "front matter “image” is not used",
        "{% tabs %} is not understood and was kept as text",
        "control characters were taken out",
        "HTML <iframe> is not shown",
    )
    assert post.body == "<iframe src=x></iframe> {% tabs %}"


def test_the_body_may_ask_for_the_front_matter(write: Write) -> None:
    post = read_post_file(write(front("title: T\nimage: /a.png", "![x]({{ page.image }}) {{ page.title }}")))
    assert post.body == "![x](/a.png) T"


def test_an_alias_bomb_is_no_danger(write: Write) -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{name}: &{name} [*{last}, *{last}]\n"
        for last, name in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)
    )
    assert read_post_file(write(front(f"title: T\n{bomb}"))).title == "T"
    assert "must be a list of texts" in reason(write(front(f"{bomb}title: T\ntags: *z")))
