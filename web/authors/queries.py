"""Reads authors, as everybody may see them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from web.models.post import UserPostAssociation
from web.models.user import WRITERS, User


class FoundAuthor(NamedTuple):
    """The author at an address: what the page prints."""

    id: int
    username: str
    display_name: str
    bio: str


def find_author(session: Session, now: datetime, username: str, *, also_readers: bool = False) -> FoundAuthor | None:
    """The author of that name: who may write, or has public posts. Readers have no page but for those who manage."""
    statement = select(User.id, User.username, User.display_name, User.bio).where(User.username == username)
    if not also_readers:
        statement = statement.where(or_(may_write(), has_public_posts(now)))
    row = session.execute(statement).one_or_none()
    return FoundAuthor(*row) if row else None


def may_write() -> ColumnElement[bool]:
    """Narrows a list of people to those to whom the editor is open: `User.may_write` as a WHERE."""
    return User.role_lookup_code.in_(sorted(WRITERS))


def has_public_posts(now: datetime) -> ColumnElement[bool]:
    """Narrows a list of people to those whose name stands over a post that everybody may read."""
    return exists().where(UserPostAssociation.user_id == User.id, UserPostAssociation.listed_at <= now)
