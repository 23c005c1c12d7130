"""Posts and their authors."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, Text, and_, literal_column
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql import ColumnElement

from web.database import Base, UTCDateTime
from web.database.indexes import only_where
from web.database.types import Key
from web.models.post_state import PostStatus, PostVisibility, state_of

if TYPE_CHECKING:
    from web.models.comment import Comment
    from web.models.post_state import PostStatusLookup, PostVisibilityLookup
    from web.models.slug import Slug
    from web.models.tag import PostTagAssociation, Tag
    from web.models.user import User

TITLE_LIMIT = 200
SLUG_LIMIT = 200
SUMMARY_LIMIT = 500
BODY_LIMIT = 1_000_000
RESTORABLE_FOR = timedelta(days=30)
# What can stand in lists as soon as its date has come.
IS_LISTED = "post_status_lookup_code = 'published' AND post_visibility_lookup_code = 'public' AND deleted_at IS NULL"


class Post(Base):
    """A text with a title and an address, made of Markdown and kept rendered.

    `uid` never changes, whatever becomes of the address: feeds know the post by it, and it makes a
    doubled submission of the form recognisable.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index(
            "ix_post_public",
            "published_at",
            "id",
            **only_where(IS_LISTED),
        ),
        Index("ix_post_deleted_at", "deleted_at", **only_where("deleted_at IS NOT NULL")),
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
    post_visibility_lookup_code: Mapped[str] = mapped_column(
        ForeignKey("post_visibility_lookup.code"), default=PostVisibility.PUBLIC, server_default=PostVisibility.PUBLIC
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    earlier_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    rel_status: Mapped["PostStatusLookup"] = relationship(back_populates="rel_posts", lazy="raise")
    rel_visibility: Mapped["PostVisibilityLookup"] = relationship(back_populates="rel_posts", lazy="raise")
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
    rel_slugs: Mapped[list["Slug"]] = relationship(back_populates="rel_post", lazy="raise", passive_deletes=True)

    @hybrid_method
    def is_public_at(self, now: datetime) -> bool:
        """Whether everybody who has its address may read it at that moment. In a query: the same rule as a WHERE."""
        is_out = self.is_released and self.deleted_at is None and self.has_appeared_at(now)
        return is_out and self.post_visibility_lookup_code != PostVisibility.PRIVATE

    @is_public_at.expression
    @classmethod
    def _is_public_at_expression(cls, now: datetime) -> ColumnElement[bool]:
        is_private = cls.post_visibility_lookup_code == literal_column(f"'{PostVisibility.PRIVATE}'")
        return and_(cls._is_out_at(now), ~is_private)

    @hybrid_method
    def is_listed_at(self, now: datetime) -> bool:
        """Whether it stands in lists, feeds and the sitemap at that moment. In a query: the same rule as a WHERE."""
        return self.is_public_at(now) and self.post_visibility_lookup_code != PostVisibility.UNLISTED

    @is_listed_at.expression
    @classmethod
    def _is_listed_at_expression(cls, now: datetime) -> ColumnElement[bool]:
        is_for_all = cls.post_visibility_lookup_code == literal_column(f"'{PostVisibility.PUBLIC}'")
        return and_(cls._is_out_at(now), is_for_all)

    @classmethod
    def _is_out_at(cls, now: datetime) -> ColumnElement[bool]:
        # Written out like the condition of ix_post_public, which must be recognised before the values are known.
        is_released = cls.post_status_lookup_code == literal_column(f"'{PostStatus.PUBLISHED}'")
        return and_(is_released, cls.deleted_at.is_(None), cls.published_at <= now)

    @property
    def is_released(self) -> bool:
        """Whether its authors let it go: it is, or will be, published as soon as its date has come."""
        return self.post_status_lookup_code == PostStatus.PUBLISHED

    def has_appeared_at(self, now: datetime) -> bool:
        """Whether the date of its publication has come."""
        return self.published_at is not None and self.published_at <= now

    def is_scheduled_at(self, now: datetime) -> bool:
        """Whether it waits for its date."""
        return self.is_released and not self.has_appeared_at(now)

    def state_at(self, now: datetime) -> str:
        """Its state in one word: "deleted", "scheduled", "unlisted", "private", or the code of its status."""
        codes = self.post_status_lookup_code, self.post_visibility_lookup_code
        return state_of(*codes, self.published_at, self.deleted_at, now)

    @property
    def was_published(self) -> bool:
        """Whether readers may have seen its address."""
        return self.published_at is not None

    @property
    def changed_at(self) -> datetime:
        """When readers last got something new: a post may have been written long before it appeared."""
        return max(self.updated_at, self.published_at or self.updated_at)

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

    def publish(self, now: datetime) -> None:
        """Show the post to everybody, also one that was deleted. Published again it keeps its first date."""
        self.deleted_at = None
        self.post_status_lookup_code = PostStatus.PUBLISHED
        if self.published_at is None or self.published_at > now:
            self.published_at = self.earlier_published_at or now
        self.earlier_published_at = None
        self.updated_at = now

    def schedule(self, moment: datetime, now: datetime) -> None:
        """Let the post appear by itself when the moment has come; a date that it had before is kept in mind."""
        if not self.is_scheduled_at(now):
            self.earlier_published_at = self.published_at
        self.post_status_lookup_code = PostStatus.PUBLISHED
        self.published_at = moment
        self.updated_at = now

    def unschedule(self, now: datetime) -> None:
        """Make a scheduled post a draft again, with the date that it had before."""
        self.published_at, self.earlier_published_at = self.earlier_published_at, None
        self.withdraw(now)

    def backdate(self, moment: datetime, now: datetime) -> None:
        """Give a published post another date of publication."""
        if moment != self.published_at:
            self.published_at, self.updated_at = moment, now

    def show_to(self, visibility: PostVisibility, now: datetime) -> None:
        """Decide who may read it, now or when it will be published."""
        if visibility != self.post_visibility_lookup_code:
            self.post_visibility_lookup_code, self.updated_at = visibility, now

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
