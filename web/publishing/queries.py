"""Reads what the settings of a post show and change."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer, joinedload

from web.models.post import Post, UserPostAssociation
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.post_state import PostType, PostTypeLookup
from web.models.preview_link import PreviewLink
from web.models.user import MANAGERS, WRITERS, User
from web.revisions.queries import find_head, find_words
from web.revisions.words import Words, words_of

RELEASES = PostRevisionType.PUBLICATION, PostRevisionType.SCHEDULE


class ListedLink(NamedTuple):
    """A preview link that works, as it is listed; `creator` is None when the account is gone."""

    id: int
    creator: str | None
    created_at: datetime
    expires_at: datetime


def working_links(session: Session, post: Post, now: datetime) -> list[ListedLink]:
    """The preview links of a post that are neither expired nor revoked, oldest first."""
    statement = (
        select(PreviewLink.id, User.display_name, PreviewLink.created_at, PreviewLink.expires_at)
        .outerjoin(PreviewLink.rel_creator)
        .where(PreviewLink.post_id == post.id, *_works(now))
    )
    return [ListedLink(*row) for row in session.execute(statement.order_by(PreviewLink.id))]


def lock_featuring(session: Session) -> None:
    """Let nobody else feature a post until this unit of work is over. To be called before a post is locked."""
    the_one = PostTypeLookup.code == PostType.POST
    session.execute(select(PostTypeLookup.code).where(the_one).with_for_update(key_share=True))


def find_writer(session: Session, username: str) -> User | None:
    """Who has this username and may write."""
    statement = select(User).where(User.username == username.lower(), User.role_lookup_code.in_(sorted(WRITERS)))
    return session.scalars(statement).one_or_none()


def find_link(session: Session, post: Post, link_id: int) -> PreviewLink | None:
    """A preview link of this post, in whatever state."""
    statement = select(PreviewLink).where(PreviewLink.id == link_id, PreviewLink.post_id == post.id)
    return session.scalars(statement).one_or_none()


def find_standing(session: Session, post_id: int) -> tuple[Words, int]:
    """What stands in a post: the words and the number of its newest revision.

    Its own words and zero where it has no revision yet (one statement more).
    """
    head = find_head(session, post_id)
    return (words_of(head), head.id) if head else (find_words(session, post_id), 0)


def was_released_after(session: Session, post_id: int, revision_id: int) -> bool:
    """Whether a post was published or scheduled after this revision was begun."""
    is_release = PostRevision.post_revision_type_lookup_code.in_(RELEASES)
    later = select(PostRevision.id).where(PostRevision.post_id == post_id, PostRevision.id > revision_id, is_release)
    return session.scalars(later.limit(1)).first() is not None


def find_previewed(session: Session, token: str, now: datetime) -> Post | None:
    """The post to which a working preview link leads, with its authors."""
    authors = joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user)
    statement = (
        select(Post)
        .join(Post.rel_preview_links)
        .where(PreviewLink.token_hash == PreviewLink.hash_of(token), *_works(now), Post.deleted_at.is_(None))
        .options(defer(Post.body, raiseload=True), authors)
    )
    return session.scalars(statement).unique().one_or_none()


def _works(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return PreviewLink.expires_at > now, PreviewLink.revoked_at.is_(None)


def find_managers(session: Session) -> list[User]:
    """Those who decide about posts in review and can sign in."""
    statement = select(User).where(User.role_lookup_code.in_(sorted(MANAGERS)), User.is_active.is_(True))
    return list(session.scalars(statement.order_by(User.id)))


def find_post(session: Session, post_id: int) -> Post | None:
    """The post with its authors, without its HTML, whoever may see it."""
    authors = joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user)
    statement = select(Post).where(Post.id == post_id).options(defer(Post.body_html, raiseload=True), authors)
    return session.scalars(statement).unique().one_or_none()
