"""Posts and their authors."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.indexes import only_where
from web.database.types import Key
from web.models.post_state import PostType
from web.models.publication import (
    IS_DRAFT,
    IS_IN_REVIEW,
    IS_LISTED,
    IS_NO_DRAFT,
    IS_PAGE,
    IS_WITHHELD,
    Publication,
)

if TYPE_CHECKING:
    from web.models.comment import Comment
    from web.models.editing_sequence import EditingSequence
    from web.models.editing_session import EditingSession
    from web.models.media import PostMediaAssociation
    from web.models.post_revision import PostRevision
    from web.models.post_state import PostStatusLookup, PostTypeLookup, PostVisibilityLookup
    from web.models.preview_link import PreviewLink
    from web.models.related import PostPostAssociation
    from web.models.rescued_text import RescuedText
    from web.models.search import PostSearch
    from web.models.series import PostSeriesAssociation
    from web.models.slug import Slug
    from web.models.tag import PostTagAssociation, Tag
    from web.models.user import User

TITLE_LIMIT = 200
SLUG_LIMIT = 200
SUMMARY_LIMIT = 500
ADDRESS_LIMIT = 500
BODY_LIMIT = 1_000_000


class PostText(Publication):
    """Words and addresses, and what follows from them. Stored as a `Post`; pages read them as plain values."""

    uid: Mapped[str] = mapped_column(String(36), unique=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    title: Mapped[str] = mapped_column(String(TITLE_LIMIT))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LIMIT), default="")
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(String(SUMMARY_LIMIT))
    word_count: Mapped[int] = mapped_column(Integer)
    renderer_version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    canonical_url: Mapped[str] = mapped_column(String(ADDRESS_LIMIT), default="", server_default=text("''"))
    social_image: Mapped[str] = mapped_column(String(ADDRESS_LIMIT), default="", server_default=text("''"))
    is_kept_from_robots: Mapped[bool] = mapped_column(default=False, server_default=false())
    comments_close_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    menu_order: Mapped[int | None] = mapped_column(Integer)
    featured_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_slug_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())

    def is_shown_at(self, now: datetime) -> bool:
        """Whether it has its readers at that moment, so that what they see changes only by publishing again."""
        return self.is_released and self.has_appeared_at(now)

    @property
    def description(self) -> str:
        """What lists and link previews say about the post: its summary, else its beginning."""
        return self.summary or self.excerpt

    @property
    def path(self) -> str:
        """Where readers find it on the blog."""
        return f"/{self.slug}" if self.is_page else f"/posts/{self.slug}"

    def takes_comments_at(self, now: datetime) -> bool:
        """Whether its authors want comments at that moment, whoever may write them."""
        return not self.is_page and (self.comments_close_at is None or self.comments_close_at > now)

    def is_for_robots_at(self, now: datetime) -> bool:
        """Whether search engines may list it at that moment."""
        return self.is_for_all_at(now) and not self.is_kept_from_robots


class Post(PostText, Base):
    """A text with a title and an address, made of Markdown and kept rendered.

    `uid` never changes, whatever becomes of the address: feeds know the post by it, and it makes a
    doubled submission of the form recognisable. `version` counts the changes, so that none is made to a row that
    changed unseen meanwhile. The newest revision may say more than the post does; it is pending then. `listed_at` is
    what `appears_at` says, as it is noted with authors and tags: see `web/listing/actions.py`.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_public", "published_at", "id", **only_where(IS_LISTED)),
        Index("ix_post_scheduled", "published_at", "id", **only_where(IS_NO_DRAFT)),
        Index("ix_post_withheld", "post_visibility_lookup_code", "updated_at", "id", **only_where(IS_WITHHELD)),
        Index("ix_post_deleted", "updated_at", "id", **only_where("deleted_at IS NOT NULL")),
        Index("ix_post_deleted_at", "deleted_at", **only_where("deleted_at IS NOT NULL")),
        Index("ix_post_featured_at", "featured_at", "id", **only_where("featured_at IS NOT NULL")),
        Index("ix_post_draft", "updated_at", "id", **only_where(IS_DRAFT)),
        Index("ix_post_in_review", "updated_at", "id", **only_where(IS_IN_REVIEW)),
        Index("ix_post_menu_order", "menu_order", "id", **only_where(IS_PAGE)),
        Index("ix_post_updated_at", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    listed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own annotation is another one.

    rel_status: Mapped["PostStatusLookup"] = relationship(back_populates="rel_posts", lazy="raise")
    rel_visibility: Mapped["PostVisibilityLookup"] = relationship(back_populates="rel_posts", lazy="raise")
    rel_type: Mapped["PostTypeLookup"] = relationship(back_populates="rel_posts", lazy="raise")
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
    rel_editing_sequences: Mapped[list["EditingSequence"]] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_rescued_texts: Mapped[list["RescuedText"]] = relationship(
        back_populates="rel_post", lazy="raise", passive_deletes=True
    )
    rel_media_associations: Mapped[list["PostMediaAssociation"]] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_series_associations: Mapped[list["PostSeriesAssociation"]] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_preview_links: Mapped[list["PreviewLink"]] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_slugs: Mapped[list["Slug"]] = relationship(back_populates="rel_post", lazy="raise", passive_deletes=True)
    rel_related_associations: Mapped[list["PostPostAssociation"]] = relationship(
        back_populates="rel_post",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        foreign_keys="PostPostAssociation.post_id",
    )
    rel_relating_associations: Mapped[list["PostPostAssociation"]] = relationship(
        back_populates="rel_related_post",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        foreign_keys="PostPostAssociation.related_post_id",
    )
    rel_search: Mapped["PostSearch | None"] = relationship(
        back_populates="rel_post", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def authors(self) -> list["User"]:
        """The loaded authors in the order of the byline."""
        return [association.rel_user for association in self.rel_user_associations]

    @property
    def author_ids(self) -> list[int]:
        """The numbers of the authors, whose associations are loaded."""
        return [association.user_id for association in self.rel_user_associations]

    @property
    def tags(self) -> list["Tag"]:
        """The loaded tags in the order they were typed."""
        return [association.rel_tag for association in self.rel_tag_associations]

    @property
    def approved_comments(self) -> list["Comment"]:
        """The loaded comments that everybody may read."""
        return [comment for comment in self.rel_comments if comment.is_approved]

    def become_page(self, menu_order: int | None) -> None:
        """Stand by itself, in the menu at this place or outside of it."""
        self.post_type_lookup_code, self.menu_order = PostType.PAGE, menu_order

    def become_post(self) -> None:
        """Stand in lists again."""
        self.post_type_lookup_code, self.menu_order = PostType.POST, None

    def credit(self, person: "User", place: int) -> "UserPostAssociation":
        """A new author of the post, who finds it where it stands in lists."""
        return UserPostAssociation(
            rel_post=self, rel_user=person, byline_order=place, listed_at=self.listed_at, changed_at=self.updated_at
        )

    def is_written_by(self, user_id: int) -> bool:
        """Whether the user is one of the loaded authors."""
        return any(association.user_id == user_id for association in self.rel_user_associations)


class UserPostAssociation(Base):
    """A user is an author of a post, at a place in its byline.

    `listed_at` and `changed_at` are the post's, so that an author's posts are found in order.
    """

    __tablename__ = "user_post_association"
    __table_args__ = (
        Index("ix_user_post_association_listed", "user_id", "listed_at", "post_id"),
        Index("ix_user_post_association_changed", "user_id", "changed_at", "post_id"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)
    byline_order: Mapped[int] = mapped_column(Integer, default=0)
    listed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, server_default=text("'1970-01-01 00:00:00'"))

    rel_user: Mapped["User"] = relationship(back_populates="rel_post_associations", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_user_associations", lazy="raise")
