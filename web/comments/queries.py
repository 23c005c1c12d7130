"""Reads comments. What pages list comes as plain rows, what is to be changed as model objects."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, load_only
from sqlalchemy.sql.base import ExecutableOption

from web.comments import shown
from web.database.locks import locking_only
from web.database.rows import read_rows
from web.database.types import Key
from web.models.comment import Comment, CommentStatus
from web.models.post import Post, UserPostAssociation
from web.models.user import MANAGERS, WRITERS, User
from web.posts.printed import AnyPost

QUEUE_SIZE = 20
USER_ID: ColumnElement[int] = bindparam("user_id", type_=Key)
AMONG = Comment.id.in_(bindparam("among", type_=Key, expanding=True))

# What the rules and the addresses need of a post. The version is looked at whenever something is stored below a post.
POST_COLUMNS = (
    Post.id,
    Post.uid,
    Post.version,
    Post.slug,
    Post.title,
    Post.post_status_lookup_code,
    Post.post_visibility_lookup_code,
    Post.post_type_lookup_code,
    Post.published_at,
    Post.comments_close_at,
    Post.deleted_at,
)

Answer = aliased(Comment)
IS_ANSWERED = exists().where(Answer.parent_comment_id == Comment.id)
STATE = case((Comment.deleted_at.is_not(None), shown.DELETED), else_=Comment.comment_status_lookup_code)
NAME = func.coalesce(User.display_name, Comment.guest_name)
# Each role by itself: a list of values would be put into the statement anew each time.
PAGE = case((or_(*(User.role_lookup_code == role for role in sorted(WRITERS))), User.username), else_="")

# In the order of the fields of `shown.Comment`.
PLACE_COLUMNS = (Comment.id, Comment.parent_comment_id, Comment.user_id, STATE, Comment.created_at)
COLUMNS = (*PLACE_COLUMNS, Comment.edited_at, NAME, PAGE, Comment.body_html)

# Built once: the page of a post is asked for most. What nobody may see is needed only where answers hang from it.
UNDER_POST = (
    select(*COLUMNS)
    .outerjoin(Comment.rel_user)
    .where(
        Comment.post_id == bindparam("post_id"),
        or_(STATE == CommentStatus.APPROVED, bindparam("also") == STATE, IS_ANSWERED),
    )
    .order_by(Comment.id)
)


POST_AT = (
    select(Post)
    .where(Post.slug == bindparam("slug"))
    .options(
        load_only(*POST_COLUMNS, raiseload=True),
        joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user),
    )
)
WITH_UIDS = select(Comment.id).where(Comment.uid.in_(bindparam("uids", expanding=True)))


class Waiting(NamedTuple):
    """A comment in the list of those who decide, with the post it stands under."""

    comment: shown.Comment
    guest_email: str
    post_slug: str
    post_title: str


class Queue(NamedTuple):
    """A page of that list, newest first. `older` is the number to go on before, None on the last page."""

    items: Sequence[Waiting]
    older: int | None


def comments_under(session: Session, post: AnyPost, *, with_pending: bool) -> list[shown.Comment]:
    """The comments of a post with their writers, oldest first, in one statement."""
    also = CommentStatus.PENDING if with_pending else CommentStatus.APPROVED
    rows = read_rows(session, UNDER_POST, {"post_id": post.id, "also": also})
    return [shown.Comment._make(row) for row in rows]


def outline(session: Session, post: Post) -> list[shown.Comment]:
    """The same comments without names and words, whatever their state: enough to know their places."""
    rows = session.execute(select(*PLACE_COLUMNS).where(Comment.post_id == post.id).order_by(Comment.id))
    return [shown.Comment(*row) for row in rows]


def count_approved(session: Session, post: Post) -> int:
    """How many comments everybody may read under a post."""
    statement = select(func.count(Comment.id)).where(Comment.post_id == post.id, STATE == CommentStatus.APPROVED)
    return session.scalars(statement).one()


def find_post(session: Session, slug: str) -> Post | None:
    """The post at an address with its authors, without its text, whoever may see it."""
    return session.scalars(POST_AT, {"slug": slug}).unique().one_or_none()


def find_comment(session: Session, comment_id: int) -> Comment | None:
    """A comment with its writer, whom it answers, its post and the post's authors."""
    statement = select(Comment).where(Comment.id == comment_id).options(*_comment_parts())
    return session.scalars(statement).unique().one_or_none()


def find_answerable(session: Session, post: Post, comment_id: int, *, hold: bool = False) -> Comment | None:
    """The comment with this number if it stands approved under the post, with its writer.

    With `hold` it cannot be taken away until this unit of work is over.
    """
    statement = select(Comment).where(
        Comment.id == comment_id, Comment.post_id == post.id, STATE == CommentStatus.APPROVED
    )
    if hold:
        statement = locking_only(session, statement, Comment, comment_id, against_removal=True)
    return session.scalars(statement.options(joinedload(Comment.rel_user))).one_or_none()


def find_by_uids(session: Session, uids: Sequence[str]) -> list[Comment]:
    """The comments that have one of these uids, newest first."""
    # Nearly always there is none, and preparing for objects takes longer than looking for the numbers of some.
    numbers = [row.id for row in read_rows(session, WITH_UIDS, {"uids": uids})]
    if not numbers:
        return []
    statement = select(Comment).where(Comment.id.in_(numbers)).order_by(Comment.id.desc()).options(*_comment_parts())
    return list(session.scalars(statement).unique())


def is_answered(session: Session, comment: Comment) -> bool:
    """Whether anything hangs from a comment, in whatever state."""
    return session.scalars(select(exists().where(Comment.parent_comment_id == comment.id))).one()


def lock(session: Session, comment: Comment) -> bool:
    """Let nobody answer a comment until this unit of work is over. False when it is gone already."""
    statement = select(Comment.id).where(Comment.id == comment.id).with_for_update()
    return session.execute(statement).first() is not None


def find_parent(session: Session, comment: Comment) -> Comment | None:
    """What a comment answers, by itself."""
    return session.get(Comment, comment.parent_comment_id) if comment.parent_comment_id else None


def in_queue(user: User, state: str) -> tuple[ColumnElement[bool], ...]:
    """Narrows comments below their posts to those in a state that a user decides about."""
    is_theirs = moderated_by(user.may_manage, user.may_publish, literal(user.id))
    return Comment.comment_status_lookup_code == state, Comment.deleted_at.is_(None), is_theirs


def queue(session: Session, user: User, state: str, before: int | None, among: Sequence[int] | None = None) -> Queue:
    """A page of the comments in a state that a user decides about; with `among` only those with these keys."""
    values = {"state": state, "user_id": user.id, "before": before, "among": among}
    statement = _queue(user.may_manage, user.may_publish, before is None, among is None)
    rows = read_rows(session, statement, values).all()
    items = [Waiting(shown.Comment(*row[: len(COLUMNS)]), *row[len(COLUMNS) :]) for row in rows[:QUEUE_SIZE]]
    return Queue(items, items[-1].comment.id if len(rows) > QUEUE_SIZE else None)


def moderated_by(may_manage: bool, may_publish: bool, user_id: ColumnElement[int] = USER_ID) -> ColumnElement[bool]:
    """Narrows a list to what a user with these rights decides about, `user_id`: `may_moderate` as a WHERE."""
    exists_still = Post.deleted_at.is_(None)
    if may_manage:
        return exists_still
    is_own = UserPostAssociation.user_id == user_id
    own: Select[Any] = select(UserPostAssociation.post_id).where(is_own)
    return exists_still & Post.id.in_(own) if may_publish else false()


def find_managers(session: Session) -> list[User]:
    """Those who answer for everything and can sign in."""
    statement = select(User).where(User.role_lookup_code.in_(sorted(MANAGERS)), User.is_active.is_(True))
    return list(session.scalars(statement.order_by(User.id)))


@cache
def _queue(may_manage: bool, may_publish: bool, is_first: bool, is_whole: bool) -> Select[Any]:
    statement = (
        select(*COLUMNS, Comment.guest_email, Post.slug, Post.title)
        .join(Comment.rel_post)
        .outerjoin(Comment.rel_user)
        .where(Comment.comment_status_lookup_code == bindparam("state"), Comment.deleted_at.is_(None))
        .where(moderated_by(may_manage, may_publish))
    )
    if not is_first:
        statement = statement.where(Comment.id < bindparam("before", type_=Key))
    if not is_whole:
        statement = statement.where(AMONG)
    return statement.order_by(Comment.id.desc()).limit(QUEUE_SIZE + 1)


def _comment_parts() -> tuple[ExecutableOption, ...]:
    post = joinedload(Comment.rel_post, innerjoin=True)
    authors = joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user)
    return (
        joinedload(Comment.rel_user),
        joinedload(Comment.rel_parent).joinedload(Comment.rel_user),
        post.load_only(*POST_COLUMNS, raiseload=True),
        post.options(authors),
    )
