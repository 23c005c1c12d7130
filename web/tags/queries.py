"""Reads tags. Only what everybody may read counts: a tag of drafts alone is nobody's business."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from web.models.tag import PostTagAssociation, Tag


class TagCount(NamedTuple):
    """A tag and the number of its public posts."""

    slug: str
    name: str
    post_count: int


class FoundTag(NamedTuple):
    """The tag at an address."""

    id: int
    slug: str
    name: str


def tags_in_use(session: Session, now: datetime) -> Sequence[TagCount]:
    """All tags of public posts, by name, in one statement: the stored numbers, less what is still to appear."""
    is_later = PostTagAssociation.tag_id == Tag.id, PostTagAssociation.listed_at > now
    later = select(func.count()).where(*is_later).scalar_subquery()
    rows = session.execute(select(Tag.slug, Tag.name, Tag.listed_count - later).where(Tag.listed_count > 0))
    found = [TagCount(*row) for row in rows if row[2] > 0]
    # The slug is the name without capitals and accents. Sorted here, because databases disagree about hyphens.
    return sorted(found, key=lambda tag: tag.slug)


def find_tag(session: Session, now: datetime, slug: str, *, also_unused: bool = False) -> FoundTag | None:
    """The tag at an address if a public post carries it, or in any case for those who write."""
    statement = select(Tag.id, Tag.slug, Tag.name).where(Tag.slug == slug)
    if not also_unused:
        statement = statement.where(has_public_posts(now))
    row = session.execute(statement).one_or_none()
    return FoundTag(*row) if row else None


def has_public_posts(now: datetime) -> ColumnElement[bool]:
    """Narrows a list of tags to those that a reader may know of."""
    return exists().where(PostTagAssociation.tag_id == Tag.id, PostTagAssociation.listed_at <= now)
