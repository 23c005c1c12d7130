"""Objects are linked, not numbered, and nothing is ever loaded behind somebody's back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import InvalidRequestError

from tests.support.factories import Make
from tests.support.reading import Read
from web.database import Database
from web.database.statements import recorded
from web.models.comment import Comment
from web.models.login_session import LoginSession
from web.models.message import Message, UserMessageAssociation
from web.models.post import Post, UserPostAssociation
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.models.user import User

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


def test_parents_and_children_are_stored_together_and_numbered_by_the_database(database: Database) -> None:
    user = User(username="ada", display_name="Ada", role_lookup_code="author", created_at=NOW)
    post = Post(
        uid="1",
        slug="hello",
        title="Hello",
        body="",
        body_html="",
        excerpt="",
        word_count=0,
        renderer_version=1,
        post_status_lookup_code="draft",
        created_at=NOW,
        updated_at=NOW,
    )
    tag = Tag(slug="paper", name="Paper")
    with database.session() as session, recorded() as statements:
        session.add(UserPostAssociation(rel_user=user, rel_post=post))
        session.add(PostTagAssociation(rel_post=post, rel_tag=tag))
        session.flush()
        assert (user.id, post.id, tag.id) == (1, 1, 1)
    assert len(statements) == 5
    assert all(statement.startswith("INSERT") for statement in statements)


@pytest.mark.parametrize("name", ["rel_comments", "rel_user_associations", "rel_status", "authors", "tags"])
def test_what_was_not_loaded_is_an_error(make: Make, database: Database, name: str) -> None:
    post = make.post()
    with database.session(read_only=True) as session, recorded() as statements:
        found = session.get_one(Post, post.id)
        del statements[:]
        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            getattr(found, name)
    assert statements == []


def test_a_person_takes_along_what_is_theirs_and_leaves_what_they_said(
    make: Make, database: Database, read: Read
) -> None:
    ada, olga = make.user("ada", role="author"), make.user("olga", role="owner")
    post = make.post([ada, olga])
    comment, message = make.comment(post, ada), make.message(olga, sender=ada)
    make.message(ada, sender=olga)
    make.add(LoginSession(token_hash="x", rel_user=ada, created_at=NOW, last_seen_at=NOW, user_agent="", address=""))
    with database.session() as session:
        session.delete(session.get_one(User, ada.id))
    assert read.all(LoginSession) == []
    assert [(link.user_id, link.post_id) for link in read.all(UserPostAssociation)] == [(olga.id, post.id)]
    assert [link.user_id for link in read.all(UserMessageAssociation)] == [olga.id]
    assert [found.user_id for found in read.all(Comment) if found.id == comment.id] == [None]
    assert [found.sender_user_id for found in read.all(Message) if found.id == message.id] == [None]


def test_a_post_takes_along_what_hangs_from_it_and_leaves_its_address_taken(
    make: Make, database: Database, read: Read
) -> None:
    ada = make.user("ada", role="author")
    post = make.post(ada, title="Hello", tags="a, b")
    make.comment(post, parent=make.comment(post, ada))
    with database.session() as session:
        session.delete(session.get_one(Post, post.id))
    assert read.all(Comment) == read.all(UserPostAssociation) == read.all(PostTagAssociation) == []
    assert [(slug.slug, slug.post_id) for slug in read.all(Slug)] == [("hello", None)]
    assert read.count(Tag) == 2
    assert read.count(User) == 1


def test_a_tag_and_a_message_take_along_their_associations_only(make: Make, database: Database, read: Read) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, tags="a")
    message = make.message(ada)
    with database.session() as session:
        session.delete(session.get_one(Tag, 1))
        session.delete(session.get_one(Message, message.id))
    assert read.all(PostTagAssociation) == read.all(UserMessageAssociation) == []
    assert read.count(Post) == read.count(User) == 1
