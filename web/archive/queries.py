"""Reads the archive: the public posts of all times, however many there are, a page at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, select
from sqlalchemy.orm import Session

from web.models.post import Post
from web.posts.cursor import Cursor
from web.posts.lists import newest

# From the first moment of it to the first one after it.
Period = tuple[datetime, datetime]
# The shortest time between two of them.
MOMENT = timedelta(microseconds=1)


def archived(
    session: Session, now: datetime, limit: int, before: Cursor | None, period: Period | None
) -> Sequence[Row[Any]]:
    """The newest `limit` public posts, whole or within a period: id, slug, title, published_at."""
    # Where the page begins is said only once: of two conditions that end the same range, SQLite may take the wrong one.
    until = now if before is None else min(now, before.moment)
    is_it = Post.is_listed_at(until) if period is None else _published_within(period, until)
    statement = select(Post.id, Post.slug, Post.title, Post.published_at).where(is_it)
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
    within = [exists().where(_published_within(period, now)) for period in periods]
    found = session.execute(select(*within)).one() if within else ()
    return [number for number, has_posts in enumerate(found) if has_posts]


def _published_within(period: Period, now: datetime) -> ColumnElement[bool]:
    begin, end = period
    return and_(Post.published_at >= begin, Post.is_listed_at(min(now, end - MOMENT)))
