"""Reads the front page."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, ScalarSelect, func, literal, select, union_all
from sqlalchemy.orm import Session

from web.database.rows import read_rows
from web.models.post import Post
from web.posts.cursor import Cursor
from web.posts.lists import BY_PUBLICATION, EVERYTHING, NOW, UNTIL, Summaries, key_values, newest
from web.posts.queries import PAGE_SIZE, SUMMARY_COLUMNS, list_page, page_of
from web.posts.summaries import Page


def home(session: Session, now: datetime, before: Cursor | None = None) -> Page:
    """A page of the front page: what stands in lists, newest first, and the featured post before it, but only once."""
    if before is not None:
        return list_page(session, NOT_FEATURED, EVERYTHING, now, before)
    rows = read_rows(session, HOME, key_values(now, None))
    in_order = sorted(rows, key=lambda row: (row.is_featured, row.published_at, row.id), reverse=True)
    number = sum(row.is_featured for row in in_order)
    found = page_of(session, now, in_order[number:], BY_PUBLICATION, in_order[:number])
    featured = [replace(item, is_featured=True) for item in found.items[:number]]
    return found._replace(items=[*featured, *found.items[number:]])


def _featured() -> ScalarSelect[int]:
    # Of two that were featured at the same moment it is one.
    statement = select(Post.id).where(Post.featured_at.is_not(None), Post.is_listed_at(NOW))
    return statement.order_by(Post.featured_at.desc(), Post.id.desc()).limit(1).scalar_subquery()


def _first_page() -> CompoundSelect[*tuple[Any, ...]]:
    first: Summaries = select(*SUMMARY_COLUMNS, literal(True).label("is_featured")).where(Post.id == FEATURED)
    rest = newest(NOT_FEATURED, Post.published_at, None).limit(PAGE_SIZE + 1).subquery()
    others: Summaries = select(rest, literal(False))
    return union_all(first, others)


# Built once, because it is asked for most: building takes longer than executing.
FEATURED = _featured()
NOT_FEATURED: Summaries = select(*SUMMARY_COLUMNS).where(
    Post.is_listed_at(UNTIL), Post.id != func.coalesce(FEATURED, 0)
)
HOME = _first_page()
