"""Makes what a test needs, by real commits. What it returns is detached: plain columns can be read."""

import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from html import escape
from typing import Any, TypeVar

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.clock import Clock
from tests.support.passwords import LOW_COST, PASSWORD
from web.accounts.passwords import Passwords
from web.database import Database
from web.html.pictures import Picture
from web.listing.actions import keep_listed
from web.models.comment import Comment, CommentStatus
from web.models.media import Media, PostMediaAssociation
from web.models.message import Message, MessageType, UserMessageAssociation
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.post_state import PostStatus
from web.models.rescued_text import RescuedText
from web.models.setting import Setting
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.models.user import Role, User
from web.search.actions import index_comments, index_people, index_post, index_tags
from web.search.related import relate

Thing = TypeVar("Thing")


class Make:
    """The factories. Each commits on its own; the time is the clock's unless it is given."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self._number = 0

    def user(
        self, username: str = "", *, role: str = Role.READER, password: str | None = PASSWORD, **columns: Any
    ) -> User:
        """Somebody with an account; without a password when that is None."""
        username = username or f"user-{self._next()}"
        with self._session() as session:
            defaults = {
                "username": username,
                "email": f"{username}@example.org",
                "display_name": username.title(),
                "password_hash": hash_of(password) if password else None,
                "role_lookup_code": role,
                "created_at": self.clock.now,
            }
            user = _added(session, User(**defaults | columns))
            index_people(session, [user])
        return user

    def post(
        self,
        author: User | Sequence[User] | None = None,
        *,
        title: str = "",
        body: str = "Some words.",
        tags: str = "",
        published: bool = True,
        **columns: Any,
    ) -> Post:
        """A post, published unless told otherwise; `tags` as they are typed; several authors in byline order."""
        title = title or f"Post {self._next()}"
        authors = [author] if isinstance(author, User) else list(author or [self.user(role=Role.AUTHOR)])
        with self._session() as session:
            parts = {"rel_user_associations": [], "rel_tag_associations": []}
            post = _added(session, Post(**self._post_columns(title, body, published) | columns | parts))
            session.add(Slug(slug=post.slug, rel_post=post, created_at=post.created_at))
            for order, user in enumerate(authors):
                session.add(post.credit(session.get_one(User, user.id), order))
            for position, name in enumerate(filter(None, map(str.strip, tags.split(",")))):
                session.add(PostTagAssociation(rel_post=post, rel_tag=_tag(session, name), position=position))
            keep_listed(session, post)
            index_post(session, post)
            relate(session, post)
            return post

    def revision(
        self,
        post: Post,
        user: User | None = None,
        *,
        kind: str = PostRevisionType.SAVE,
        base: PostRevision | None = None,
        **columns: Any,
    ) -> PostRevision:
        """A revision of a post with the post's words unless told otherwise."""
        defaults = {
            "post_revision_type_lookup_code": kind,
            "title": post.title,
            "body": post.body,
            "slug": post.slug,
            "created_at": self.clock.now,
            "updated_at": self.clock.now,
        }
        with self._session() as session:
            revision = PostRevision(
                rel_post=session.get_one(Post, post.id),
                rel_user=session.get_one(User, user.id) if user else None,
                rel_base=session.get_one(PostRevision, base.id) if base else None,
                **defaults | columns,
            )
            return _added(session, revision)

    def rescued_text(self, user: User, **columns: Any) -> RescuedText:
        """Words that somebody sent in vain."""
        defaults = {
            "uid": str(uuid.uuid4()), "base": "", "editing_session": str(uuid.uuid4()), "sequence": 1,
            "title": "Rescued", "body": "Words.", "tags": "", "slug": "", "summary": "", "reason": "Signed out",
            "created_at": self.clock.now, "updated_at": self.clock.now,
        }  # fmt: skip
        with self._session() as session:
            return _added(session, RescuedText(rel_user=session.get_one(User, user.id), **defaults | columns))

    def comment(
        self,
        post: Post,
        user: User | None = None,
        *,
        body: str = "A remark.",
        parent: Comment | None = None,
        status: str = CommentStatus.APPROVED,
        **columns: Any,
    ) -> Comment:
        """A comment of somebody with an account, or of a guest for None."""
        defaults = {
            "uid": str(uuid.uuid4()),
            "guest_name": "" if user else "A guest",
            "guest_email": "" if user else "guest@example.org",
            "body": body,
            "body_html": f"<p>{escape(body)}</p>\n",
            "renderer_version": 1,
            "comment_status_lookup_code": status,
            "created_at": self.clock.now,
        }
        with self._session() as session:
            comment = Comment(
                rel_post=session.get_one(Post, post.id),
                rel_user=session.get_one(User, user.id) if user else None,
                rel_parent=session.get_one(Comment, parent.id) if parent else None,
                **defaults | columns,
            )
            index_comments(session, [_added(session, comment)])
        return comment

    def message(
        self,
        to: User | None = None,
        *,
        sender: User | None = None,
        subject: str = "",
        read_at: datetime | None = None,
        **columns: Any,
    ) -> Message:
        """A personal message to somebody, or a global one for None."""
        kind = MessageType.PERSONAL if to else MessageType.GLOBAL
        defaults = {
            "message_type_lookup_code": kind,
            "subject": subject or f"Message {self._next()}",
            "created_at": self.clock.now,
        }
        with self._session() as session:
            found = session.get_one(User, sender.id) if sender else None
            message = _added(session, Message(rel_sender=found, **defaults | columns))
            if to:
                receiver = session.get_one(User, to.id)
                session.add(UserMessageAssociation(rel_message=message, rel_user=receiver, read_at=read_at))
            return message

    def media(self, owner: User, picture: Picture, **columns: Any) -> Media:
        """An uploaded image, without its files."""
        defaults = {
            "digest": picture.digest, "name": picture.name, "width": picture.width, "height": picture.height,
            "file_name": f"image-{self._next()}.png", "media_type": "image/png", "byte_size": 1,
            "created_at": self.clock.now,
        }  # fmt: skip
        with self._session() as session:
            return _added(session, Media(rel_user=session.get_one(User, owner.id), **defaults | columns))

    def show(self, post: Post, media: Media) -> None:
        """Let a post show an image."""
        with self._session() as session:
            found, shown = session.get_one(Post, post.id), session.get_one(Media, media.id)
            session.add(PostMediaAssociation(rel_post=found, rel_media=shown))

    def setting(self, name: str, value: str) -> Setting:
        """A decision of the owner, made or changed."""
        with self._session() as session:
            return session.merge(Setting(name=name, value=value))

    def add(self, *things: Any) -> None:
        """Whatever else a test needs."""
        with self._session() as session:
            session.add_all(things)

    def _post_columns(self, title: str, body: str, published: bool) -> dict[str, Any]:
        return {
            "uid": str(uuid.uuid4()),
            "slug": slugify(title),
            "title": title,
            "body": body,
            "body_html": f"<p>{escape(body)}</p>\n",
            "excerpt": body[:300],
            "word_count": len(body.split()),
            "renderer_version": 1,
            "post_status_lookup_code": PostStatus.PUBLISHED if published else PostStatus.DRAFT,
            "created_at": self.clock.now,
            "updated_at": self.clock.now,
            "published_at": self.clock.now if published else None,
        }

    def _session(self) -> AbstractContextManager[Session]:
        return self.database.session()

    def _next(self) -> int:
        self._number += 1
        return self._number


@cache
def hash_of(password: str) -> str:
    """A hash at the cost that tests use."""
    return Passwords(**LOW_COST).hash(password)


def _tag(session: Session, name: str) -> Tag:
    slug = slugify(name)
    found = session.scalars(select(Tag).where(Tag.slug == slug)).one_or_none()
    if found is None:
        found = _added(session, Tag(slug=slug, name=name))
        index_tags(session, [found])
    return found


def _added(session: Session, thing: Thing) -> Thing:
    session.add(thing)
    session.flush()
    return thing
