"""What happens to one object is a verb on it; what pages ask of it is a property."""

from datetime import UTC, datetime, timedelta

import pytest

from web.accounts.queries import Browser
from web.models.comment import EDITABLE_FOR, Comment, CommentStatus
from web.models.login_session import SEEN_INTERVAL, LoginSession
from web.models.message import Message, MessageType
from web.models.post import Post, UserPostAssociation
from web.models.post_state import PostStatus
from web.models.setting import Blog
from web.models.tag import PostTagAssociation, Tag
from web.models.user import Role, User

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def draft(**columns: object) -> Post:
    return Post(post_status_lookup_code=PostStatus.DRAFT, summary="", excerpt="The beginning.", **columns)


def test_a_post_published_again_keeps_its_first_date() -> None:
    post = draft()
    assert not post.is_public_at(NOW)
    assert not post.was_published
    post.publish(NOW)
    assert post.is_public_at(NOW)
    post.withdraw(LATER)
    assert not post.is_public_at(NOW)
    assert post.was_published
    post.publish(LATER)
    assert (post.published_at, post.updated_at) == (NOW, LATER)


def test_a_deleted_post_is_seen_again_when_it_is_restored() -> None:
    post = draft()
    post.publish(NOW)
    post.delete(NOW)
    post.delete(LATER)
    assert not post.is_public_at(NOW)
    assert post.deleted_at == NOW, "its time to be restored does not begin again"
    post.restore()
    assert post.is_public_at(NOW)


def test_a_post_knows_its_loaded_authors_and_tags() -> None:
    ada, bob = User(id=1), User(id=2)
    post = draft()
    post.rel_user_associations = [UserPostAssociation(user_id=2, rel_user=bob), UserPostAssociation(rel_user=ada)]
    post.rel_tag_associations = [PostTagAssociation(rel_tag=Tag(slug="b")), PostTagAssociation(rel_tag=Tag(slug="a"))]
    assert post.authors == [bob, ada]
    assert [tag.slug for tag in post.tags] == ["b", "a"]
    assert post.is_written_by(2)
    assert not post.is_written_by(3)


def test_a_post_describes_itself_by_its_summary_or_its_beginning() -> None:
    post = draft()
    assert post.description == "The beginning."
    post.summary = "In short."
    assert post.description == "In short."


def test_a_post_shows_what_was_approved() -> None:
    post = draft()
    post.rel_comments = [
        Comment(id=number, comment_status_lookup_code=status, deleted_at=deleted)
        for number, (status, deleted) in enumerate(
            [("approved", None), ("pending", None), ("rejected", None), ("approved", NOW)]
        )
    ]
    assert [comment.id for comment in post.approved_comments] == [0]


def test_a_comment_is_decided_about() -> None:
    comment = Comment(comment_status_lookup_code=CommentStatus.PENDING)
    assert comment.is_pending
    assert not comment.is_approved
    comment.approve()
    assert comment.is_approved
    comment.reject()
    assert not comment.is_approved
    assert not comment.is_pending


def test_a_deleted_comment_keeps_its_place_and_loses_its_words() -> None:
    comment = Comment(
        comment_status_lookup_code="approved", body="x", body_html="x", guest_name="G", guest_email="g@x.y"
    )
    comment.delete(NOW)
    assert comment.is_deleted
    assert not comment.is_approved
    assert (comment.body, comment.body_html, comment.guest_name, comment.guest_email) == ("", "", "", "")


def test_second_thoughts_have_their_time() -> None:
    comment = Comment(created_at=NOW)
    assert comment.may_still_change(NOW + EDITABLE_FOR - timedelta(seconds=1))
    assert not comment.may_still_change(NOW + EDITABLE_FOR)
    comment.rewrite("new", "<p>new</p>", 2, LATER)
    assert (comment.body, comment.body_html, comment.renderer_version, comment.edited_at) == (
        "new",
        "<p>new</p>",
        2,
        LATER,
    )


@pytest.mark.parametrize(
    ("role", "may_write", "may_publish", "may_manage", "is_owner"),
    [
        (Role.READER, False, False, False, False),
        (Role.CONTRIBUTOR, True, False, False, False),
        (Role.AUTHOR, True, True, False, False),
        (Role.EDITOR, True, True, True, False),
        (Role.OWNER, True, True, True, True),
    ],
)
def test_roles(role: Role, may_write: bool, may_publish: bool, may_manage: bool, is_owner: bool) -> None:
    user = User(role_lookup_code=role)
    assert (user.may_write, user.may_publish, user.may_manage) == (may_write, may_publish, may_manage)
    assert user.is_owner == is_owner


def test_a_login_session_is_left_alone_for_a_while() -> None:
    session = Browser(1, NOW, NOW)
    assert session.was_seen_recently(NOW + SEEN_INTERVAL - timedelta(seconds=1))
    assert not session.was_seen_recently(NOW + SEEN_INTERVAL)
    assert LoginSession.hash_of("x") != LoginSession.hash_of("y")
    assert len(LoginSession.hash_of("x" * 1000)) == 64


def test_a_message_is_for_everybody_or_for_one() -> None:
    assert Message(message_type_lookup_code=MessageType.GLOBAL).is_global
    assert not Message(message_type_lookup_code=MessageType.PERSONAL).is_global


def test_a_blog_has_defaults_and_ignores_what_it_does_not_know() -> None:
    blog = Blog.from_rows({"title": "Ink", "zone": "Europe/Berlin", "guests": "yes", "unknown": "x"})
    assert (blog.title, blog.language, str(blog.time_zone)) == ("Ink", "en", "Europe/Berlin")
    assert blog.guest_comments
    assert not blog.is_sign_up_open
    assert not Blog().guest_comments
    assert Blog(sign_up="open").is_sign_up_open
    assert str(Blog(zone="Nowhere/At_All").time_zone) == "UTC"
