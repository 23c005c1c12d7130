"""Reads the writer's list, and what saving a post needs to know."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, not_, select
from sqlalchemy.orm import Session

from web.database.types import Key
from web.models.post import Post, UserPostAssociation
from web.models.post_revision import PostRevision
from web.models.post_state import PostStatus, PostVisibility
from web.models.tag import Tag
from web.models.user import User
from web.posts.cursor import Cursor
from web.posts.lists import CHANGED, EVERYTHING, EVERYWHERE, IS_AUTHOR, NOW, Part, Summaries, changed_by, narrowed
from web.posts.queries import SUMMARY_COLUMNS, list_page, stands_at
from web.posts.summaries import Page

AMONG = Post.id.in_(bindparam("among", type_=Key, expanding=True))
SCHEDULED, UNLISTED, PRIVATE, DELETED = "scheduled", "unlisted", "private", "deleted"
# Of these there are few beside what everybody reads: they are found among everybody's, not among all of the author's.
FEW = {PostStatus.DRAFT, PostStatus.REVIEW, SCHEDULED, UNLISTED, PRIVATE, DELETED}
IS_OWN = exists().where(IS_AUTHOR, UserPostAssociation.post_id == Post.id)
# The states of what has been published, by who may read it.
VISIBILITIES = {
    PostStatus.PUBLISHED: PostVisibility.PUBLIC,
    UNLISTED: PostVisibility.UNLISTED,
    PRIVATE: PostVisibility.PRIVATE,
}


def own_posts(
    session: Session,
    now: datetime,
    user: User | None,
    state: str,
    before: Cursor | None,
    among: Sequence[int] | None = None,
) -> Page:
    """A page of the writer's list: all posts of `user`, or of everybody for None, last changed first.

    What is scheduled stands in the order in which it will appear, the last first. With `among` only those with these
    keys.
    """
    part, where = EVERYTHING if state == SCHEDULED else CHANGED, EVERYWHERE
    if user is not None and state in FEW:
        part, where = Part(part.source, {"author_id": user.id}), IS_OWN
    elif user is not None:
        part = changed_by(user.id)
    statement = narrowed(_posts_in(state), part.source, where)
    if among is None:
        return list_page(session, statement, part, now, before)
    part = Part(part.source, {**part.values, "among": among})
    return list_page(session, narrowed(statement, CHANGED.source, AMONG), part, now, before)


def lock_author(session: Session, author: User) -> None:
    """Let nothing else be begun by somebody until this unit of work is over."""
    session.execute(select(User.id).where(User.id == author.id).with_for_update(key_share=True))


def find_tags(session: Session, slugs: list[str]) -> list[Tag]:
    """The tags with these slugs, as far as they exist; no statement for none."""
    return list(session.scalars(select(Tag).where(Tag.slug.in_(slugs)))) if slugs else []


@cache
def _posts_in(state: str) -> Summaries:
    return select(*SUMMARY_COLUMNS, _typed_title(NOW).label("typed_title")).where(*_in_state(state, NOW))


def _in_state(state: str, now: datetime) -> list[ColumnElement[bool]]:
    if state == DELETED:
        return [Post.deleted_at.is_not(None)]
    if state == PostStatus.DRAFT:
        return [Post.is_draft_in_sight()]
    if state == SCHEDULED:
        return [Post.will_appear_after(now)]
    if state in VISIBILITIES:
        is_withheld = [] if state == PostStatus.PUBLISHED else [Post.is_withheld()]
        is_this = Post.post_visibility_lookup_code == VISIBILITIES[state]
        return [Post.is_released_in_sight(), Post.published_at <= now, is_this, *is_withheld]
    if state == PostStatus.REVIEW:
        return [Post.is_in_review.expression]
    return [Post.deleted_at.is_(None)]


def _typed_title(now: datetime) -> ColumnElement[str | None]:
    # A draft that is being written is called what was typed last; a post that readers see keeps its title.
    typed = case((PostRevision.is_pending, PostRevision.title))
    newest = select(typed).where(*stands_at(Post.id.expression)).order_by(PostRevision.id.desc()).limit(1)
    is_shown = and_(Post.post_status_lookup_code == PostStatus.PUBLISHED, Post.published_at <= now)
    return case((not_(is_shown), newest.correlate(Post).scalar_subquery()))
