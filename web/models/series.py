"""Series: posts that are read one after the other."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.post import Post

SERIES_TITLE_LIMIT = 200
DESCRIPTION_LIMIT = 2_000


class Series(Base):
    """Posts in an order of their own. Titles that give the same slug are the same series."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[str] = mapped_column(String(SERIES_TITLE_LIMIT))
    description: Mapped[str] = mapped_column(Text, default="")

    rel_post_associations: Mapped[list["PostSeriesAssociation"]] = relationship(
        back_populates="rel_series",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="PostSeriesAssociation.position",
    )


class PostSeriesAssociation(Base):
    """A post is a part of a series, at a position that begins with 1. It is a part of one series at most."""

    __tablename__ = "post_series_association"
    __table_args__ = (UniqueConstraint("post_id"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)

    rel_series: Mapped["Series"] = relationship(back_populates="rel_post_associations", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_series_associations", lazy="raise")
