"""Reads series. Readers see the parts that stand in lists; whoever opens another part sees that too."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CompoundSelect, Select, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from web.database import UTCDateTime
from web.database.rows import read_rows
from web.database.types import Key
from web.models.post import Post
from web.models.related import PostPostAssociation
from web.models.series import PostSeriesAssociation, Series
from web.models.tag import PostTagAssociation, Tag
from web.posts.printed import AnyPost


class Part(NamedTuple):
    """A post of a series, as it is linked."""

    post_id: int
    slug: str
    title: str


class Place(NamedTuple):
    """Where a post stands in its series: its number from 1, and its neighbours."""

    slug: str
    title: str
    number: int
    part_count: int
    previous: Part | None
    next: Part | None


class Surroundings(NamedTuple):
    """What a post is filed under: its tags (slug, name), its place in a series, and what has most tags in common."""

    tags: list[tuple[str, str]]
    place: Place | None
    related: Sequence[Part]


class SeriesCount(NamedTuple):
    """A series and the number of its listed parts."""

    slug: str
    title: str
    description: str
    part_count: int


MOST_RELATED = 4
NOW = cast(datetime, bindparam("now", type_=UTCDateTime))
POST_ID = bindparam("post_id", type_=Key)
OWN_SERIES = select(PostSeriesAssociation.series_id).where(PostSeriesAssociation.post_id == POST_ID).scalar_subquery()
TAGS = (
    select(
        literal("tag").label("kind"),
        PostTagAssociation.position.label("place"),
        PostTagAssociation.post_id.label("post_id"),
        Tag.slug.label("key"),
        Tag.name.label("name"),
    )
    .join(PostTagAssociation.rel_tag)
    .where(PostTagAssociation.post_id == POST_ID)
)
IN_SERIES = (
    select(
        literal("series"),
        PostSeriesAssociation.position,
        PostSeriesAssociation.post_id,
        Series.slug,
        Series.title,
    )
    .join(PostSeriesAssociation.rel_series)
    .where(PostSeriesAssociation.post_id == POST_ID)
)
PARTS = (
    select(literal("part"), PostSeriesAssociation.position, PostSeriesAssociation.post_id, Post.slug, Post.title)
    .join(PostSeriesAssociation.rel_post)
    .where(PostSeriesAssociation.series_id == OWN_SERIES, or_(Post.is_listed_at(NOW), Post.id == POST_ID))
)


def _related(one: InstrumentedAttribute[int], other: InstrumentedAttribute[int]) -> Select[Any]:
    # Noted when either of the two was saved; whether readers find it is looked at now.
    count = PostPostAssociation.shared_count
    statement = select(literal("related"), count, other, Post.slug, Post.title).join(Post, Post.id == other)
    statement = statement.where(one == POST_ID, Post.is_listed_at(NOW)).order_by(count.desc(), other.desc())
    return select(statement.limit(MOST_RELATED).subquery())


# Built once: the page of a post is asked for most.
AROUND: CompoundSelect[*tuple[Any, ...]] = union_all(
    TAGS,
    IN_SERIES,
    PARTS,
    _related(PostPostAssociation.post_id, PostPostAssociation.related_post_id),
    _related(PostPostAssociation.related_post_id, PostPostAssociation.post_id),
)


def surroundings(session: Session, now: datetime, post: AnyPost) -> Surroundings:
    """Tags, series and related posts of a post, in one statement."""
    rows = read_rows(session, AROUND, {"post_id": post.id, "now": now}).all()
    in_order = sorted(rows, key=lambda row: (row.place, row.post_id))
    tags = [(row.key, row.name) for row in in_order if row.kind == "tag"]
    series = next((row for row in rows if row.kind == "series"), None)
    parts = [Part(row.post_id, row.key, row.name) for row in in_order if row.kind == "part"]
    place = _place(series.key, series.name, parts, post) if series else None
    best_first = [Part(row.post_id, row.key, row.name) for row in reversed(in_order) if row.kind == "related"]
    return Surroundings(tags, place, list(dict.fromkeys(best_first))[:MOST_RELATED])


def all_series(session: Session, now: datetime) -> Sequence[SeriesCount]:
    """All series with listed parts, by title."""
    parts = select(func.count()).select_from(PostSeriesAssociation).join(PostSeriesAssociation.rel_post)
    parts = parts.where(PostSeriesAssociation.series_id == Series.id, Post.is_listed_at(now))
    # Counted for each series by itself: SQLite would begin with all posts that are listed.
    statement = select(Series.slug, Series.title, Series.description, parts.correlate(Series).scalar_subquery())
    found = [SeriesCount(*row) for row in session.execute(statement)]
    return sorted((series for series in found if series.part_count), key=lambda series: series.slug)


def find_series(session: Session, slug: str) -> Series | None:
    """The series at an address."""
    return session.scalars(select(Series).where(Series.slug == slug)).one_or_none()


def listed_parts(session: Session, now: datetime, series: Series) -> Sequence[Part]:
    """The parts that everybody may know of, in order."""
    statement = (
        select(Post.id, Post.slug, Post.title)
        .join(Post.rel_series_associations)
        .where(PostSeriesAssociation.series_id == series.id, Post.is_listed_at(now))
    )
    rows = session.execute(statement.order_by(PostSeriesAssociation.position, Post.id))
    return [Part(*row) for row in rows]


def lock(session: Session, slugs: Sequence[str]) -> None:
    """Let nobody else change these series until this unit of work is over."""
    # Always in the same order, so that two who move posts to and fro do not wait for each other.
    session.execute(select(Series.id).where(Series.slug.in_(slugs)).order_by(Series.slug).with_for_update())


def find_for_change(session: Session, slug: str) -> Series | None:
    """The series with all its parts. It should be locked."""
    statement = select(Series).where(Series.slug == slug).options(selectinload(Series.rel_post_associations))
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def series_of(session: Session, post: Post) -> tuple[str, str, int] | None:
    """Slug and title of a post's series, and the position in it."""
    statement = select(Series.slug, Series.title, PostSeriesAssociation.position)
    statement = statement.join(Series.rel_post_associations).where(PostSeriesAssociation.post_id == post.id)
    row = session.execute(statement).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def _place(slug: str, title: str, parts: Sequence[Part], post: AnyPost) -> Place:
    number = next(number for number, part in enumerate(parts) if part.post_id == post.id)
    previous = parts[number - 1] if number else None
    following = parts[number + 1] if number + 1 < len(parts) else None
    return Place(slug, title, number + 1, len(parts), previous, following)
