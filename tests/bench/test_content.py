"""What the bench puts into its blogs: the same every time, and like a real one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bench.content import NEWEST_TITLE, READ_ONLY_POSTS, commented_posts
from bench.content.fill import copy, fill, is_known
from bench.content.people import TAGS
from bench.content.posts import COMMENTS, PostMaker
from bench.content.words import COMMONEST, VOCABULARY
from bench.store import key, sqlite_copy
from tests.support.postgresql import fresh_database, postgres_server
from web.database import Database
from web.models.comment import Comment
from web.models.post import Post
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.search.upkeep.actions import find_faults

POSTS = 200


@contextmanager
def filled(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a database with a small blog."""
    path = folder / "blog.sqlite3"
    fill(path, POSTS)
    if kind == "sqlite":
        yield f"sqlite:///{path}"
        return
    with postgres_server() as server, fresh_database(server) as url:
        copy(path, url)
        yield url


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_blog_is_filled_and_goes_on_from_there(kind: str, tmp_path: Path) -> None:
    with filled(kind, tmp_path) as url:
        database = Database(url)
        with database.session() as session:
            newest = session.scalars(select(Post).order_by(Post.published_at.desc(), Post.id.desc()).limit(1)).one()
            assert (newest.id, newest.title, newest.is_listed_at(newest.published_at)) == (POSTS, NEWEST_TITLE, True)
            assert newest.published_at is not None
            assert newest.published_at.tzinfo is not None
            commented = READ_ONLY_POSTS + (POSTS - READ_ONLY_POSTS) // 10
            assert session.scalar(select(func.count(Comment.id))) == commented * COMMENTS
            assert session.scalar(select(func.count(Slug.slug))) == POSTS
            assert find_faults(session) == {}
            tag = Tag(slug="one-more", name="One more")
            session.add(tag)
            session.flush()
            assert tag.id == len(TAGS) + 1
        database.close()


def test_the_same_number_of_posts_is_the_same_blog() -> None:
    assert PostMaker(POSTS).batch(1, POSTS) == PostMaker(POSTS).batch(1, POSTS)


def test_the_newest_posts_say_the_same_in_a_small_and_in_a_large_blog() -> None:
    small, large = PostMaker(POSTS).batch(POSTS - 9, POSTS), PostMaker(9_999).batch(9_990, 9_999)
    # Title, summary, body, HTML, excerpt and number of words.
    assert [row[3:9] for row in small.posts] == [row[3:9] for row in large.posts]
    assert [row[6] for row in small.comments] == [row[6] for row in large.comments]


def test_words_and_tags_are_as_unequal_as_in_life() -> None:
    rows = PostMaker(2_000).batch(1, 1_900)
    words = Counter(word for row in rows.posts for word in str(row[5]).lower().split())
    assert words[COMMONEST] > 1.5 * words[VOCABULARY[1]] > 5 * words[VOCABULARY[20]] > 0
    tags = Counter(row[0] for row in rows.tagged)
    assert tags[1] > 1.5 * tags[2] > 5 * tags[40] > 0
    assert len(set(VOCABULARY)) == len(VOCABULARY)


def test_what_the_bench_writes_to_is_not_what_it_only_reads() -> None:
    assert commented_posts(1_000) == 1_000 - READ_ONLY_POSTS


def test_a_command_that_is_not_there_is_left_out() -> None:
    assert is_known(("user", "create"))
    assert not is_known(("user", "nothing"))
    assert not is_known(("nothing", "rebuild"))


def test_content_is_made_once_and_copied_for_each_run(tmp_path: Path) -> None:
    kept, said = tmp_path / "kept", []
    outdated = kept / "60-outdated.sqlite3"
    kept.mkdir()
    outdated.write_bytes(b"")
    for number in (1, 2):
        folder = tmp_path / f"run-{number}"
        folder.mkdir()
        with sqlite_copy(60, folder, said.append, kept) as url:
            database = Database(url)
            with database.session() as session:
                assert session.scalar(select(func.count(Post.id))) == 60
                session.delete(session.scalars(select(PostTagAssociation).limit(1)).one())
            database.close()
    assert len(said) == 1
    assert [path.name for path in kept.iterdir()] == [f"60-{key()}.sqlite3"]
