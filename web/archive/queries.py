"""Reads the archive: the public posts of all times, however many there are, a page at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, select
from sqlalchemy.orm import Session

from web.models.post import Post
from web.posts.cursor import Cursor
from web.posts.lists import newest

# From the first moment of it to the first one after it.
Period = tuple[datetime, datetime]


def archived(
    session: Session, now: datetime, limit: int, before: Cursor | None, period: Period | None
) -> Sequence[Row[Any]]:
    """The newest `limit` public posts, whole or within a period: id, slug, title, published_at."""
    statement = select(Post.id, Post.slug, Post.title, Post.published_at).where(Post.is_listed_at(now))
    if period is not None:
        statement = statement.where(_published_within(period))
    return session.execute(newest(statement, Post.published_at, before).limit(limit)).all()


def first_and_last_publication(session: Session, now: datetime) -> tuple[datetime, datetime] | None:
    """When the oldest and the newest public post were published; None when there is none."""
    public = select(Post.published_at).where(Post.is_listed_at(now)).limit(1)
    # Two looks at the ends of the index. min() and max() together would read all of it.
    oldest = public.order_by(Post.published_at, Post.id).scalar_subquery()
    newest = public.order_by(Post.published_at.desc(), Post.id.desc()).scalar_subquery()
    first, last = session.execute(select(oldest, newest)).one()
    return (first, last) if first and last else None


def periods_with_posts(session: Session, now: datetime, periods: Sequence[Period]) -> list[int]:
    """The numbers, in the given order, of the periods in which any public post was published."""
    within = [exists().where(Post.is_listed_at(now), _published_within(period)) for period in periods]
    found = session.execute(select(*within)).one() if within else ()
    return [number for number, has_posts in enumerate(found) if has_posts]


def _published_within(period: Period) -> ColumnElement[bool]:
    begin, end = period
    return and_(Post.published_at >= begin, Post.published_at < end)
