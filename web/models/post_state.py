"""The states that a post can be in, and who may read it."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base

if TYPE_CHECKING:
    from web.models.post import Post


class PostStatus(StrEnum):
    """The codes of PostStatusLookup. What is published with a date that is still to come is scheduled."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"


class PostStatusLookup(Base):
    """The states that a post can be in."""

    __tablename__ = "post_status_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_posts: Mapped[list["Post"]] = relationship(back_populates="rel_status", lazy="raise")


class PostVisibility(StrEnum):
    """The codes of PostVisibilityLookup: who may read what is published."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"


class PostVisibilityLookup(Base):
    """Who may read a published post: everybody, whoever has the address, or its authors and the editors."""

    __tablename__ = "post_visibility_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_posts: Mapped[list["Post"]] = relationship(back_populates="rel_visibility", lazy="raise")


class PostType(StrEnum):
    """The codes of PostTypeLookup."""

    POST = "post"
    PAGE = "page"


class PostTypeLookup(Base):
    """What a text is: a post with a date, in lists and feeds, or a page that stands by itself."""

    __tablename__ = "post_type_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_posts: Mapped[list["Post"]] = relationship(back_populates="rel_type", lazy="raise")


def state_of(
    status: str, visibility: str, published_at: datetime | None, deleted_at: datetime | None, now: datetime
) -> str:
    """The state of a post in one word, from its columns: see `Post.state_at`."""
    if deleted_at is not None:
        return "deleted"
    if status != PostStatus.PUBLISHED:
        return status
    if published_at is None or published_at > now:
        return "scheduled"
    return status if visibility == PostVisibility.PUBLIC else visibility
