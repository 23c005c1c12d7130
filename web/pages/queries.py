"""Reads pages: texts that stand by themselves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.models.post import Post
from web.models.slug import Slug


def find_moved_page(session: Session, now: datetime, old_slug: str) -> str | None:
    """Where the page that once had this address is now."""
    statement = select(Post.slug).join(Slug.rel_post).where(Slug.slug == old_slug, Post.is_page)
    return session.scalars(statement.where(Post.is_public_at(now))).one_or_none()


def pages_for_robots(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """The slugs of the pages that search engines may know."""
    statement = select(Post.slug).where(Post.is_page, Post.is_for_all_at(now))
    statement = statement.where(Post.is_kept_from_robots.is_(False), Post.canonical_url == "")
    return session.scalars(statement.order_by(Post.id).limit(limit)).all()
