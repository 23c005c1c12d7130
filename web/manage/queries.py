"""Reads what those who manage the blog want to see."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import Session

from web.database.rows import read_rows
from web.database.types import Key
from web.manage import shown
from web.models.comment import Comment, CommentStatus
from web.models.post import Post
from web.models.user import User

PEOPLE_PER_PAGE = 50
# Beyond this nobody needs the exact number, and counting stays cheap.
COUNTED_UP_TO = 1_000
# In the order of the fields of `shown.User`.
COLUMNS = tuple(getattr(User, name) for name in shown.User._fields)


class Overview(NamedTuple):
    """What waits and what there is; numbers end at COUNTED_UP_TO."""

    waiting_comments: int
    waiting_posts: int
    people: int


class PeoplePage(NamedTuple):
    """Some people, by name; `after` is where the next page begins, None at the end."""

    people: Sequence[shown.User]
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
    rows = read_rows(session, _people(among is None), {"after": after, "among": among})
    found = [shown.User._make(row) for row in rows]
    people = found[:PEOPLE_PER_PAGE]
    return PeoplePage(people, people[-1].username if len(found) > PEOPLE_PER_PAGE else None)


@cache
def _people(is_whole: bool) -> Select[Any]:
    statement = select(*COLUMNS).where(User.username > bindparam("after")).order_by(User.username)
    statement = statement if is_whole else statement.where(User.id.in_(bindparam("among", type_=Key, expanding=True)))
    return statement.limit(PEOPLE_PER_PAGE + 1)


def _count(rows: Select[int]) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows.limit(COUNTED_UP_TO).subquery()).scalar_subquery()
