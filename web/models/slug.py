"""Every address that a post has or had."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.post import Post


class Slug(Base):
    """A slug in use for ever. It outlives its post, so that no other post can take its address."""

    __tablename__ = "slug"

    slug: Mapped[str] = mapped_column(String(200), primary_key=True)
    post_id: Mapped[int | None] = mapped_column(Key, ForeignKey("post.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    rel_post: Mapped["Post | None"] = relationship(back_populates="rel_slugs", lazy="raise")
