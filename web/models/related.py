"""Which posts have tags in common."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base

if TYPE_CHECKING:
    from web.models.post import Post


class PostPostAssociation(Base):
    """When a post was saved, another one had tags in common with it, so many. It counts for both of them."""

    __tablename__ = "post_post_association"
    __table_args__ = (
        Index("ix_post_post_association_best", "post_id", "shared_count", "related_post_id"),
        Index("ix_post_post_association_back", "related_post_id", "shared_count", "post_id"),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    related_post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    shared_count: Mapped[int] = mapped_column(Integer)

    rel_post: Mapped["Post"] = relationship(
        back_populates="rel_related_associations", lazy="raise", foreign_keys=[post_id]
    )
    rel_related_post: Mapped["Post"] = relationship(
        back_populates="rel_relating_associations", lazy="raise", foreign_keys=[related_post_id]
    )
