"""Reads what saving a post needs to know."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.models.tag import Tag


def find_tags(session: Session, slugs: list[str]) -> list[Tag]:
    """The tags with these slugs, as far as they exist; no statement for none."""
    return list(session.scalars(select(Tag).where(Tag.slug.in_(slugs)))) if slugs else []
