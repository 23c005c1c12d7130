"""Reads pages: texts that stand by themselves."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from web.models.post import Post
from web.models.slug import Slug


def find_moved_page(session: Session, now: datetime, old_slug: str) -> str | None:
    """Where the page that once had this address is now."""
    statement = select(Post.slug).join(Slug.rel_post).where(Slug.slug == old_slug, Post.is_page)
    return session.scalars(statement.where(Post.is_public_at(now))).one_or_none()


def pages_for_robots(now: datetime) -> Select[str]:
    """The statement for the slugs of the pages that search engines may know."""
    statement = select(Post.slug).where(Post.is_page, Post.is_for_all_at(now))
    return statement.where(Post.is_kept_from_robots.is_(False), Post.canonical_url == "")
