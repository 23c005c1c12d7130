"""Who sees a post, by one table of cases; and that lists are narrowed by the same rule."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from web.database import Database
from web.models.post import Post
from web.models.user import User
from web.posts import rules

YES, NO = True, False
NOW, SOON, BEFORE = timedelta(0), timedelta(microseconds=1), timedelta(days=-1)

# Status, visibility, date from now, deleted → whether everybody may read it, whether it is listed, and its state.
CASES = [
    ("draft", "public", None, NO, NO, NO, "draft"),
    ("draft", "public", BEFORE, NO, NO, NO, "draft"),
    ("draft", "unlisted", NOW, NO, NO, NO, "draft"),
    ("published", "public", BEFORE, NO, YES, YES, "published"),
    ("published", "public", NOW, NO, YES, YES, "published"),
    ("published", "public", SOON, NO, NO, NO, "scheduled"),
    ("published", "public", NOW, YES, NO, NO, "deleted"),
    ("published", "public", SOON, YES, NO, NO, "deleted"),
    ("published", "unlisted", NOW, NO, YES, NO, "unlisted"),
    ("published", "unlisted", SOON, NO, NO, NO, "scheduled"),
    ("published", "unlisted", NOW, YES, NO, NO, "deleted"),
    ("published", "private", NOW, NO, NO, NO, "private"),
    ("published", "private", SOON, NO, NO, NO, "scheduled"),
    ("published", "private", NOW, YES, NO, NO, "deleted"),
]


@pytest.fixture
def posts(make: Make, clock: Clock) -> list[Post]:
    """One post for each case, by Ada."""
    ada = make.user("ada", role="author")
    return [
        make.post(
            ada,
            title=f"Post {number}",
            post_status_lookup_code=status,
            post_visibility_lookup_code=visibility,
            published_at=None if date is None else clock.now + date,
            deleted_at=clock.now if is_deleted else None,
        )
        for number, (status, visibility, date, is_deleted, *_) in enumerate(CASES)
    ]


def test_a_loaded_post_and_a_query_follow_the_same_rule(database: Database, posts: list[Post], clock: Clock) -> None:
    with database.session(read_only=True) as session:
        public = set(session.scalars(select(Post.id).where(Post.is_public_at(clock.now))))
        listed = set(session.scalars(select(Post.id).where(Post.is_listed_at(clock.now))))
    for post, (*columns, is_public, is_listed, state) in zip(posts, CASES, strict=True):
        assert post.is_public_at(clock.now) == (post.id in public) == is_public, columns
        assert post.is_listed_at(clock.now) == (post.id in listed) == is_listed, columns
        assert post.state_at(clock.now) == state, columns


def test_what_is_not_public_is_for_authors_and_editors(
    posts: list[Post], client: TestClient, make: Make, sign_in: SignIn
) -> None:
    others = [client, *(sign_in(make.user(role=role)) for role in ("reader", "contributor", "author"))]
    staff = [sign_in(User(username="ada")), *(sign_in(make.user(role=role)) for role in ("editor", "owner"))]
    for post, (*columns, is_public, is_listed, _) in zip(posts, CASES, strict=True):
        for ending in ("", ".md"):
            address = f"/posts/{post.slug}{ending}"
            answers = [browser.get(address) for browser in others + staff]
            assert [found.status_code for found in answers] == [200 if is_public else 404] * 4 + [200] * 3, columns
            marks = {found.headers.get("x-robots-tag") for found in answers if found.status_code == 200}
            assert marks == {None if is_listed else "noindex"}, columns


def test_contributors_may_change_what_is_not_released(clock: Clock) -> None:
    carl = User(id=1, role_lookup_code="contributor")
    for status, visibility, *_ in CASES:
        post = Post(post_status_lookup_code=status, post_visibility_lookup_code=visibility)
        post.is_written_by = lambda _user_id: True  # type: ignore[method-assign]
        assert rules.may_edit(carl, post) == (status == "draft")
