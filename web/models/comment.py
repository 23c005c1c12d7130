"""Comments and their states."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.search import CommentSearch
    from web.models.user import User

COMMENT_LIMIT = 10_000
EDITABLE_FOR = timedelta(minutes=15)


class CommentStatus(StrEnum):
    """The codes of CommentStatusLookup."""

    APPROVED = "approved"
    PENDING = "pending"
    REJECTED = "rejected"


class CommentStatusLookup(Base):
    """The states that a comment can be in."""

    __tablename__ = "comment_status_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_comments: Mapped[list["Comment"]] = relationship(back_populates="rel_status", lazy="raise")


class Comment(Base):
    """What a reader or a guest wrote under a post, or in answer to another comment.

    `uid` names it in feeds and makes a doubled submission recognisable. A deleted comment keeps its
    row while answers hang from it, without its words.
    """

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_post_id_id", "post_id", "id"),
        Index("ix_comment_comment_status_lookup_code_id", "comment_status_lookup_code", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    parent_comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    guest_name: Mapped[str] = mapped_column(String(100), default="")
    guest_email: Mapped[str] = mapped_column(String(254), default="")
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    renderer_version: Mapped[int] = mapped_column(Integer)
    comment_status_lookup_code: Mapped[str] = mapped_column(ForeignKey("comment_status_lookup.code"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    rel_status: Mapped["CommentStatusLookup"] = relationship(back_populates="rel_comments", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_comments", lazy="raise")
    rel_user: Mapped["User | None"] = relationship(back_populates="rel_comments", lazy="raise")
    rel_parent: Mapped["Comment | None"] = relationship(back_populates="rel_replies", lazy="raise", remote_side=[id])
    rel_replies: Mapped[list["Comment"]] = relationship(
        back_populates="rel_parent", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_search: Mapped["CommentSearch | None"] = relationship(
        back_populates="rel_comment", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_approved(self) -> bool:
        """Whether everybody may read it."""
        return self.comment_status_lookup_code == CommentStatus.APPROVED and self.deleted_at is None

    @property
    def is_pending(self) -> bool:
        """Whether it waits for somebody's decision."""
        return self.comment_status_lookup_code == CommentStatus.PENDING and self.deleted_at is None

    @property
    def is_deleted(self) -> bool:
        """Whether its words are gone."""
        return self.deleted_at is not None

    @property
    def name(self) -> str:
        """The name shown with the comment. The user must be loaded."""
        return self.rel_user.display_name if self.rel_user else self.guest_name

    def may_still_change(self, now: datetime) -> bool:
        """Whether its writer's time for second thoughts is not over yet."""
        return now - self.created_at < EDITABLE_FOR

    def rewrite(self, body: str, body_html: str, renderer_version: int, now: datetime) -> None:
        """Replace the words and remember that they were changed."""
        self.body, self.body_html, self.renderer_version = body, body_html, renderer_version
        self.edited_at = now

    def approve(self) -> None:
        """Show it to everybody."""
        self.comment_status_lookup_code = CommentStatus.APPROVED

    def reject(self) -> None:
        """Show it to nobody."""
        self.comment_status_lookup_code = CommentStatus.REJECTED

    def delete(self, now: datetime) -> None:
        """Take the words away and keep the place, for the sake of the answers below it."""
        self.body, self.body_html, self.guest_name, self.guest_email = "", "", "", ""
        self.deleted_at = now
