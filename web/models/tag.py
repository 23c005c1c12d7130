"""Tags and which posts carry them."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.search import TagSearch

TAG_LIMIT = 50


class Tag(Base):
    """A word that posts are filed under. Names that give the same slug are the same tag."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(TAG_LIMIT))

    rel_post_associations: Mapped[list["PostTagAssociation"]] = relationship(
        back_populates="rel_tag", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_search: Mapped["TagSearch | None"] = relationship(
        back_populates="rel_tag", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )


class PostTagAssociation(Base):
    """A post carries a tag, at the place where its author typed it."""

    __tablename__ = "post_tag_association"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)

    rel_tag: Mapped["Tag"] = relationship(back_populates="rel_post_associations", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_tag_associations", lazy="raise")
