"""The sample content: complete, clean, and showing everything that a post can have."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from web.html.markdown import render_comment, render_post
from web.models.comment import COMMENT_LIMIT
from web.settings import find_folder
from web.transfer.arranging import Arrangement
from web.transfer.sample_files import FOLDER, Sample, SampleComment, SamplePost, read_sample

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAMPLE = read_sample(NOW)
NAMES = [post.file.path.name for post in SAMPLE.posts]

# What the renderer makes of each feature; some post must show it.
FEATURES = {
    "table": '<div class="table-scroll"',
    "aligned column": 'class="align-end"',
    "footnote": '<section class="footnotes"',
    "task list": 'class="task-list-item"',
    "definition list": "<dl>",
    "quote": "<blockquote>",
    "ordered list": "<ol>",
    "figure": "<figcaption>",
    "image": 'loading="lazy"',
    "details": "<details>",
    "keys": "<kbd>",
    "link elsewhere": 'rel="noopener"',
    "other scripts": "直指心體要節",
}
LANGUAGES = {"python", "sql", "css", "html", "http", "rust", "c", "text", "console"}


def all_comments(comments: tuple[SampleComment, ...]) -> Iterator[SampleComment]:
    for comment in comments:
        yield comment
        yield from all_comments(comment.replies)


@pytest.fixture(params=SAMPLE.posts, ids=NAMES)
def post(request: pytest.FixtureRequest) -> SamplePost:
    sample_post: SamplePost = request.param
    return sample_post


def test_every_file_is_used() -> None:
    assert sorted(NAMES) == sorted(path.name for path in (FOLDER / "posts").iterdir())


def test_there_is_enough_of_everything() -> None:
    assert SAMPLE.shown >= 14
    drafts = [post for post in SAMPLE.posts if post.file.is_draft and post.arrangement == Arrangement()]
    assert len(drafts) == 2
    assert {author for post in SAMPLE.posts for author in post.file.authors} == {"marta", "jonas", "ines", "nora"}
    assert any(len(post.file.authors) > 1 for post in SAMPLE.posts)


def test_every_kind_of_place_and_state_is_shown_once() -> None:
    arranged = [post.arrangement for post in SAMPLE.posts]
    assert sum(one.is_featured for one in arranged) == 1
    assert sum(one.is_unlisted for one in arranged) == 1
    assert sum(one.is_in_review for one in arranged) == 1
    assert [one.menu_order for one in arranged if one.menu_order is not None] == [1]
    assert [one.appears_at > NOW for one in arranged if one.appears_at] == [True]
    assert len([one for one in arranged if one.series]) >= 2
    assert len({one.series for one in arranged if one.series}) == 1


def test_a_post_is_clean(post: SamplePost) -> None:
    assert post.file.warnings == ()
    assert post.file.tags
    assert post.file.summary or post.file.is_draft
    is_listed = not post.file.is_draft and not post.arrangement.is_unlisted and post.arrangement.menu_order is None
    assert render_post(post.file.body).word_count > (250 if is_listed else 0)


def test_the_dates_are_of_the_last_two_years(post: SamplePost) -> None:
    assert post.file.published_at is not None
    assert NOW - timedelta(days=731) < post.file.published_at <= NOW


def test_images_are_there_and_keep_their_place(post: SamplePost) -> None:
    for tag in re.findall(r"<img[^>]*>", post.file.body):
        address = re.search(r'src="/static/([^"]*)"', tag)
        assert address is not None
        svg = (find_folder("static") / address[1]).read_text("utf-8")
        for size in ("width", "height"):
            assert re.search(f'{size}="(\\d+)"', tag)[1] == re.search(f'{size}="(\\d+)"', svg)[1]  # type: ignore[index]
        assert re.search(r'alt="[^"]{20,}"', tag)


def test_python_listings_are_python(post: SamplePost) -> None:
    for listing in re.findall(r"```python\n(.*?)```", post.file.body, re.DOTALL):
        compile(listing, post.file.path.name, "exec")


def test_comments_are_whole_and_in_the_past(post: SamplePost) -> None:
    people = {person["username"] for person in SAMPLE.people}
    for comment in all_comments(post.comments):
        assert comment.by in people or (comment.guest_name and comment.guest_email)
        assert render_comment(comment.body)
        assert len(comment.body) <= COMMENT_LIMIT
        assert comment.moment < NOW
        assert all(reply.moment > comment.moment for reply in comment.replies)


@pytest.mark.parametrize("sign", FEATURES.values(), ids=FEATURES.keys())
def test_some_post_shows(sign: str) -> None:
    assert any(sign in render_post(post.file.body).html for post in SAMPLE.posts if not post.file.is_draft)


def test_listings_come_in_several_languages() -> None:
    found = {language for post in SAMPLE.posts for language in re.findall(r"^```(\w+)$", post.file.body, re.MULTILINE)}
    assert found == LANGUAGES


def test_threads_go_deep() -> None:
    def depth(comments: tuple[SampleComment, ...]) -> int:
        return max((1 + depth(comment.replies) for comment in comments), default=0)

    assert max(depth(post.comments) for post in SAMPLE.posts) >= 4


def test_drawings_use_nothing_from_elsewhere() -> None:
    drawings = list((find_folder("static") / "sample").glob("*.svg"))
    assert len(drawings) >= 6
    for path in drawings:
        text = path.read_text("utf-8")
        assert len(text) < 4_000
        assert "<script" not in text
        assert "href" not in text
        assert 'role="img" aria-label="' in text


def test_sample_is_read_anew_each_time() -> None:
    later: Sample = read_sample(NOW + timedelta(days=1))
    assert later.posts[0].file.published_at != SAMPLE.posts[0].file.published_at
    assert isinstance(FOLDER, Path)
