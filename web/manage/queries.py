"""Reads what those who manage the blog want to see."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from web.models.comment import Comment, CommentStatus
from web.models.post import Post
from web.models.user import User

PEOPLE_PER_PAGE = 50
# Beyond this nobody needs the exact number, and counting stays cheap.
COUNTED_UP_TO = 1_000


class Overview(NamedTuple):
    """What waits and what there is; numbers end at COUNTED_UP_TO."""

    waiting_comments: int
    waiting_posts: int
    people: int


class PeoplePage(NamedTuple):
    """Some people, by name; `after` is where the next page begins, None at the end."""

    people: list[User]
    after: str | None


def overview(session: Session) -> Overview:
    """The numbers of the dashboard, in one statement."""
    waiting = select(Comment.id).where(
        Comment.comment_status_lookup_code == CommentStatus.PENDING, Comment.deleted_at.is_(None)
    )
    in_review = select(Post.id).where(Post.is_in_review)
    counts = select(_count(waiting), _count(in_review), _count(select(User.id)))
    return Overview(*session.execute(counts).one())


def people_page(session: Session, after: str = "", among: Sequence[int] | None = None) -> PeoplePage:
    """The people whose username comes after the given one; with `among` only those with these keys."""
    statement = select(User).where(User.username > after).order_by(User.username).limit(PEOPLE_PER_PAGE + 1)
    statement = statement if among is None else statement.where(User.id.in_(among))
    found = list(session.scalars(statement))
    people = found[:PEOPLE_PER_PAGE]
    return PeoplePage(people, people[-1].username if len(found) > PEOPLE_PER_PAGE else None)


def _count(rows: Select[int]) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows.limit(COUNTED_UP_TO).subquery()).scalar_subquery()
