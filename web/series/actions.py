"""Puts posts into series and takes them out, so that the parts are always numbered from 1."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.drafts.tags import tag_slug
from web.models.post import Post
from web.models.series import PostSeriesAssociation, Series
from web.series.queries import find_for_change, lock, series_of

MOST_PARTS = 200


class SeriesFullError(Exception):
    """The series has as many parts as a page can show."""


def assign(session: Session, post: Post, title: str, position: int | None) -> None:
    """Make a post a part of the series with this title, which is made when there is none.

    Without a position it comes at the end; an empty title takes it out of its series. Raises SeriesFullError.
    """
    wanted = tag_slug(title)
    present = series_of(session, post)
    lock(session, [wanted, *(present[:1] if present else ())])
    if present and present[0] != wanted:
        _leave(session, post, present[0])
    if wanted:
        series = find_for_change(session, wanted) or _make(session, wanted, title)
        _join(session, post, series, position)


def _join(session: Session, post: Post, series: Series, position: int | None) -> None:
    parts = series.rel_post_associations
    own = next((part for part in parts if part.post_id == post.id), None)
    if own is None and len(parts) >= MOST_PARTS:
        raise SeriesFullError
    others = sorted((part for part in parts if part is not own), key=lambda part: part.position)
    number = len(others) if position is None else max(0, min(position - 1, len(others)))
    if own is None:
        own = PostSeriesAssociation(rel_post=post, rel_series=series, position=number + 1)
        session.add(own)
    _renumber([*others[:number], own, *others[number:]])


def _leave(session: Session, post: Post, slug: str) -> None:
    series = find_for_change(session, slug)
    if series is None:
        return
    for part in [part for part in series.rel_post_associations if part.post_id == post.id]:
        series.rel_post_associations.remove(part)
    _renumber(series.rel_post_associations)
    # A series that was only a title is gone with its last part; what somebody wrote about it stays.
    if not series.rel_post_associations and not series.description:
        session.delete(series)
    session.flush()


def _renumber(parts: list[PostSeriesAssociation]) -> None:
    for number, part in enumerate(parts, start=1):
        part.position = number


def _make(session: Session, slug: str, title: str) -> Series:
    # Somebody else may make the same series at the same moment: the constraint decides who was first.
    try:
        with session.begin_nested():
            series = Series(slug=slug, title=title, rel_post_associations=[])
            session.add(series)
        return series
    except IntegrityError:
        lock(session, [slug])
        found = find_for_change(session, slug)
        if found is None:
            raise
        return found
