"""The fields of front matter."""

from datetime import UTC, datetime

import pytest

from tests.transfer.files import Write, front
from web.transfer.front_matter import read_post_file


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        ("title: T\nslug: Über uns", "2017-01-19-a.md", "uber-uns"),
        ("title: T\nslug: s\npermalink: /p/", "2017-01-19-a.md", "s"),
        ("title: T\npermalink: /2017/01/19/tockingtime/", "2017-01-19-a.md", "tockingtime"),
        ("title: T\npermalink: /2017/name.html", "2017-01-19-a.md", "name"),
        ("title: T\npermalink: https://a.example/x/y?z", "2017-01-19-a.md", "y"),
        ("title: T\npermalink: /:year/:title/", "2017-01-19-a.md", "a"),
        ("title: T\nurl: /u/", "a.md", "u"),
        ("title: T\npermalink: 'http://['", "a.md", "a"),
        ("title: T", "2017-01-19-The_Name.markdown", "the-name"),
        ("title: T", "2017-1-9-short.md", "short"),
        ("title: T", "2017.md", "2017"),
        ("title: The Title", "???.md", "the-title"),
    ],
)
def test_the_slug_is_the_first_of_slug_permalink_name_and_title(
    write: Write, fields: str, name: str, expected: str
) -> None:
    assert read_post_file(write(front(fields), name)).slug == expected


def test_the_slug_of_the_permalink_leaves_no_old_address(write: Write) -> None:
    post = read_post_file(write(front("title: T\npermalink: /2015/tockingtime/\nredirect_from: /2015/TockingTime/")))
    assert (post.slug, post.old_addresses) == ("tockingtime", ())


def test_a_permalink_beside_a_slug_is_an_old_address(write: Write) -> None:
    assert read_post_file(write(front("title: T\nslug: new\npermalink: /old/"))).old_addresses == ("old",)


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        ("title: T", "2017-01-19-a.md", datetime(2017, 1, 19, tzinfo=UTC)),
        ("title: T\ndate: 2018-02-03", "2017-01-19-a.md", datetime(2018, 2, 3, tzinfo=UTC)),
        ("title: T\ndate:", "2017-1-9-a.md", datetime(2017, 1, 9, tzinfo=UTC)),
        ("title: T", "a.md", None),
    ],
)
def test_the_date_is_that_of_the_front_matter_else_of_the_name(
    write: Write, fields: str, name: str, expected: datetime | None
) -> None:
    assert read_post_file(write(front(fields), name)).published_at == expected


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        ("draft: true", "a.md", True),
        ("draft: yes", "a.md", True),
        ("draft: 'False'", "a.md", False),
        ("published: false", "a.md", True),
        ("published: true", "a.md", False),
        ("published: 2017-01-01", "a.md", False),
        ("layout: x", "_drafts/a.md", True),
        ("layout: x", "a.md", False),
    ],
)
def test_drafts(write: Write, fields: str, name: str, expected: bool) -> None:
    assert read_post_file(write(front(f"title: T\n{fields}"), name)).is_draft is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("tags: a, b c ,a", ("a", "b c")),
        ("tags:\n- a\n- 2017\n- ' '", ("a", "2017")),
        ("tag: one", ("one",)),
        ("tags:", ()),
        ("tags: []", ()),
    ],
)
def test_tags(write: Write, fields: str, expected: tuple[str, ...]) -> None:
    assert read_post_file(write(front(f"title: T\n{fields}"))).tags == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("author: ada", ("ada",)),
        ("authors: Ada Lovelace, Grace Hopper", ("Ada Lovelace", "Grace Hopper")),
        ("authors:\n- name: Ada\n  email: a@b.example", ("Ada",)),
        ("author:\n- ada", ("ada",)),
    ],
)
def test_authors(write: Write, fields: str, expected: tuple[str, ...]) -> None:
    assert read_post_file(write(front(f"title: T\n{fields}"))).authors == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("summary: s\nexcerpt: e", "s"),
        ("excerpt: e\ndescription: d", "e"),
        ("description: d", "d"),
        ("excerpt: '<p>See <a href=\"/x\">it</a> &amp; weep.</p>'", "See it & weep."),
        ("layout: x", ""),
    ],
)
def test_summaries(write: Write, fields: str, expected: str) -> None:
    assert read_post_file(write(front(f"title: T\n{fields}"))).summary == expected


def test_a_long_summary_is_shortened_and_said_to_be(write: Write) -> None:
    post = read_post_file(write(front(f"title: T\nsummary: {'word ' * 150}")))
    assert len(post.summary) <= 500
    assert post.warnings == ("the summary was shortened to 500 characters",)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("'Acting <em>and</em> &amp; waiting'", "Acting and & waiting"),
        ("'Vec<u8> or a < b'", "Vec<u8> or a < b"),
        ("1984", "1984"),
        ("2015-01-02", "2015-01-02"),
        ("' two\n  lines '", "two lines"),
    ],
)
def test_titles_are_plain_text(write: Write, title: str, expected: str) -> None:
    assert read_post_file(write(front(f"title: {title}"))).title == expected
