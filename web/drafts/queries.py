"""Reads what saving a post needs to know."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.models.tag import Tag
from web.models.user import User


def lock_author(session: Session, author: User) -> None:
    """Let nothing else be begun by somebody until this unit of work is over."""
    session.execute(select(User.id).where(User.id == author.id).with_for_update(key_share=True))


def find_tags(session: Session, slugs: list[str]) -> list[Tag]:
    """The tags with these slugs, as far as they exist; no statement for none."""
    return list(session.scalars(select(Tag).where(Tag.slug.in_(slugs)))) if slugs else []
