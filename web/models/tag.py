"""Tags and which posts carry them."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.search import TagSearch

TAG_LIMIT = 50
# So many tags a post can have.
MAX_TAGS = 20


class Tag(Base):
    """A word that posts are filed under. Names that give the same slug are the same tag.

    `listed_count` is the number of its posts that stand in lists, or will by themselves: see `web/listing/actions.py`.
    """

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(TAG_LIMIT))
    listed_count: Mapped[int] = mapped_column(Integer, default=0, server_default=text("0"))

    rel_post_associations: Mapped[list["PostTagAssociation"]] = relationship(
        back_populates="rel_tag", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_search: Mapped["TagSearch | None"] = relationship(
        back_populates="rel_tag", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )


class PostTagAssociation(Base):
    """A post carries a tag, at the place where its author typed it.

    `listed_at` is the post's, so that the posts of a tag are found in order.
    """

    __tablename__ = "post_tag_association"
    __table_args__ = (Index("ix_post_tag_association_listed", "tag_id", "listed_at", "post_id"),)

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    listed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    rel_tag: Mapped["Tag"] = relationship(back_populates="rel_post_associations", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_tag_associations", lazy="raise")
