"""Uploaded images, and which posts show them."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.user import User

FILE_NAME_LIMIT = 200
ALT_LIMIT = 500


class Media(Base):
    """An image that somebody uploaded.

    `digest` is made of what was uploaded and by whom, so that the same image twice is one. `name` is that of
    the image's own file, says its size too, and never changes; which smaller files there are follows from it.
    `is_kept` is false for what came with a text that was never saved: nobody may have meant to keep that.
    """

    __tablename__ = "media"
    __table_args__ = (Index("ix_media_user_id_id", "user_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(60))
    file_name: Mapped[str] = mapped_column(String(FILE_NAME_LIMIT))
    media_type: Mapped[str] = mapped_column(String(50))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    byte_size: Mapped[int] = mapped_column(Integer)
    alt: Mapped[str] = mapped_column(String(ALT_LIMIT), default="")
    is_kept: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    rel_user: Mapped["User | None"] = relationship(back_populates="rel_media", lazy="raise")
    rel_post_associations: Mapped[list["PostMediaAssociation"]] = relationship(
        back_populates="rel_media", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    def keep(self) -> None:
        """Remember that somebody meant to have it."""
        self.is_kept = True

    def describe(self, alt: str) -> None:
        """Say what it shows, for those who do not see it."""
        self.alt = alt
        self.keep()


class PostMediaAssociation(Base):
    """A post shows an image."""

    __tablename__ = "post_media_association"

    media_id: Mapped[int] = mapped_column(ForeignKey("media.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)

    rel_media: Mapped["Media"] = relationship(back_populates="rel_post_associations", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_media_associations", lazy="raise")
