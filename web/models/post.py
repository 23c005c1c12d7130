"""Posts, their states and their authors."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, Text, and_, false, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql import ColumnElement

from web.database import Base, UTCDateTime
from web.database.indexes import only_where
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.comment import Comment
    from web.models.editing_session import EditingSession
    from web.models.media import PostMediaAssociation
    from web.models.post_revision import PostRevision
    from web.models.rescued_text import RescuedText
    from web.models.slug import Slug
    from web.models.tag import PostTagAssociation, Tag
    from web.models.user import User

TITLE_LIMIT = 200
SLUG_LIMIT = 200
SUMMARY_LIMIT = 500
BODY_LIMIT = 1_000_000
RESTORABLE_FOR = timedelta(days=30)


class PostStatus(StrEnum):
    """The codes of PostStatusLookup."""

    DRAFT = "draft"
    PUBLISHED = "published"


class PostStatusLookup(Base):
    """The states that a post can be in."""

    __tablename__ = "post_status_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_posts: Mapped[list["Post"]] = relationship(back_populates="rel_status", lazy="raise")


class Post(Base):
    """A text with a title and an address, made of Markdown and kept rendered.

    `uid` never changes, whatever becomes of the address: feeds know the post by it, and it makes a
    doubled submission of the form recognisable. `version` counts the changes, so that none is made to a row that
    changed unseen meanwhile. While changes are pending, the newest revision says more than the post does: what is
    saved while somebody types, and what is to be published later.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index(
            "ix_post_public",
            "published_at",
            "id",
            **only_where("post_status_lookup_code = 'published' AND deleted_at IS NULL"),
        ),
        Index("ix_post_deleted_at", "deleted_at"),
        Index("ix_post_updated_at", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    title: Mapped[str] = mapped_column(String(TITLE_LIMIT))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LIMIT), default="")
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(String(SUMMARY_LIMIT))
    word_count: Mapped[int] = mapped_column(Integer)
    renderer_version: Mapped[int] = mapped_column(Integer)
    post_status_lookup_code: Mapped[str] = mapped_column(ForeignKey("post_status_lookup.code"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    has_pending_changes: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_slug_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own annotation is another one.

    rel_status: Mapped["PostStatusLookup"] = relationship(back_populates="rel_posts", lazy="raise")
    rel_user_associations: Mapped[list["UserPostAssociation"]] = relationship(
        back_populates="rel_post",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="UserPostAssociation.byline_order",
    )
    rel_tag_associations: Mapped[list["PostTagAssociation"]] = relationship(
        back_populates="rel_post",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="PostTagAssociation.position",
    )
    rel_comments: Mapped[list["Comment"]] = relationship(
        back_populates="rel_post",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Comment.id",
    )
    rel_revisions: Mapped[list["PostRevision"]] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_editing_sessions: Mapped[list["EditingSession"]] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_rescued_texts: Mapped[list["RescuedText"]] = relationship(
        back_populates="rel_post", lazy="raise", passive_deletes=True
    )
    rel_media_associations: Mapped[list["PostMediaAssociation"]] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_slugs: Mapped[list["Slug"]] = relationship(back_populates="rel_post", lazy="raise", passive_deletes=True)

    @hybrid_property
    def is_public(self) -> bool:
        """Whether everybody may read it. In a query: the same rule as a WHERE."""
        return self.post_status_lookup_code == PostStatus.PUBLISHED and self.deleted_at is None

    @is_public.inplace.expression
    @classmethod
    def _is_public_expression(cls) -> ColumnElement[bool]:
        return and_(cls.post_status_lookup_code == PostStatus.PUBLISHED, cls.deleted_at.is_(None))

    @property
    def is_published(self) -> bool:
        """Whether what readers see changes only by publishing again."""
        return self.post_status_lookup_code == PostStatus.PUBLISHED

    @property
    def was_published(self) -> bool:
        """Whether readers may have seen its address."""
        return self.published_at is not None

    @property
    def authors(self) -> list["User"]:
        """The loaded authors in the order of the byline."""
        return [association.rel_user for association in self.rel_user_associations]

    @property
    def tags(self) -> list["Tag"]:
        """The loaded tags in the order they were typed."""
        return [association.rel_tag for association in self.rel_tag_associations]

    @property
    def approved_comments(self) -> list["Comment"]:
        """The loaded comments that everybody may read."""
        return [comment for comment in self.rel_comments if comment.is_approved]

    @property
    def description(self) -> str:
        """What lists and link previews say about the post: its summary, else its beginning."""
        return self.summary or self.excerpt

    def is_written_by(self, user_id: int) -> bool:
        """Whether the user is one of the loaded authors."""
        return any(association.user_id == user_id for association in self.rel_user_associations)

    @property
    def restorable_until(self) -> datetime | None:
        """When a deletion becomes final; None for what is not deleted."""
        return self.deleted_at + RESTORABLE_FOR if self.deleted_at else None

    def hold_changes(self, now: datetime) -> None:
        """Note that its newest revision says more than it does itself."""
        if not self.has_pending_changes:
            self.has_pending_changes = True
            # Readers of a published post see no change yet.
            self.updated_at = self.updated_at if self.is_published else now

    def publish(self, now: datetime) -> None:
        """Show the post to everybody, also one that was deleted. Published again it keeps its first date."""
        self.deleted_at = None
        self.post_status_lookup_code = PostStatus.PUBLISHED
        self.published_at = self.published_at or now
        self.updated_at = now

    def withdraw(self, now: datetime) -> None:
        """Make it a draft again."""
        self.post_status_lookup_code = PostStatus.DRAFT
        self.updated_at = now

    def delete(self, now: datetime) -> None:
        """Put it out of sight; it stays restorable for `RESTORABLE_FOR`."""
        self.deleted_at = self.deleted_at or now

    def restore(self) -> None:
        """Undo a deletion."""
        self.deleted_at = None


class UserPostAssociation(Base):
    """A user is an author of a post, at a place in its byline."""

    __tablename__ = "user_post_association"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)
    byline_order: Mapped[int] = mapped_column(Integer, default=0)

    rel_user: Mapped["User"] = relationship(back_populates="rel_post_associations", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_user_associations", lazy="raise")
