"""Notes who has which post open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.models.editing_session import OPEN_FOR, EditingSession
from web.models.post import Post, UserPostAssociation
from web.models.post_revision import PostRevision
from web.models.user import User
from web.revisions.queries import find_open_editors
from web.revisions.submission import Submission


def note(session: Session, post: Post, user: User, submission: Submission, now: datetime) -> None:
    """Note that an editor is open, and forget those that are closed."""
    is_closed = EditingSession.post_id == post.id, EditingSession.seen_at < now - OPEN_FOR
    session.execute(delete(EditingSession).where(*is_closed))
    seen = session.get(EditingSession, submission.editing_session)
    if seen is None:
        _open(session, EditingSession(uid=submission.editing_session, seen_at=now), post, user)
    elif seen.user_id == user.id:
        seen.seen_at = now


def catch_up(session: Session, post: Post, head: PostRevision | None, now: datetime) -> None:
    """Let the writer's list learn when a draft was last written in. Autosaves leave the post itself alone."""
    if head is None or not head.is_pending or post.is_shown_at(now):
        return
    if post.updated_at >= head.updated_at:
        return
    is_behind = Post.id == post.id, Post.updated_at < head.updated_at
    session.execute(update(Post).where(*is_behind).values(updated_at=head.updated_at))
    byline = update(UserPostAssociation).where(UserPostAssociation.post_id == post.id)
    behind = byline.where(UserPostAssociation.changed_at < head.updated_at)
    session.execute(behind.values(changed_at=head.updated_at))


def forget(session: Session, user: User, submission: Submission) -> None:
    """Note that an editor was closed, so that nobody is told of it any more."""
    is_this, is_own = EditingSession.uid == submission.editing_session, EditingSession.user_id == user.id
    session.execute(delete(EditingSession).where(is_this, is_own))


def others(session: Session, post: Post, editing_session: str, now: datetime) -> Sequence[EditingSession]:
    """The other editors in which the post is open now, with their people."""
    return find_open_editors(session, post.id, editing_session, now - OPEN_FOR)


def _open(session: Session, opened: EditingSession, post: Post, user: User) -> None:
    try:
        with session.begin_nested():
            opened.rel_post, opened.rel_user = post, user
            session.add(opened)
    except IntegrityError:
        # The same editor asked twice at the same moment.
        return
