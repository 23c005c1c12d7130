"""Words that could not be stored in a post when they were sent, kept for whoever typed them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key
from web.models.post import SLUG_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.user import User

KEPT_FOR = timedelta(days=30)


class RescuedText(Base):
    """What an editor sent in vain: its session had ended, or its writer may not change the post any more.

    `base`, `editing_session` and `sequence` are as they were sent, so that saving goes on where it stopped.
    """

    __tablename__ = "rescued_text"
    __table_args__ = (Index("ix_rescued_text_user_id_editing_session", "user_id", "editing_session"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="SET NULL"), index=True)
    uid: Mapped[str] = mapped_column(String(36))
    base: Mapped[str] = mapped_column(String(40))
    editing_session: Mapped[str] = mapped_column(String(36))
    sequence: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(TITLE_LIMIT))
    body: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LIMIT))
    reason: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    rel_user: Mapped["User"] = relationship(back_populates="rel_rescued_texts", lazy="raise")
    rel_post: Mapped["Post | None"] = relationship(back_populates="rel_rescued_texts", lazy="raise")

    @property
    def kept_until(self) -> datetime:
        """When it is forgotten."""
        return self.updated_at + KEPT_FOR
