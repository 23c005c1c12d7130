"""What happens to a post and to those whom it concerns: each verb that changes its state, once for all rooms.

Whatever ends a wait for review is told to the authors, and nobody is asked to decide any more. Of a post that did not
wait nobody is told, and no statement is made for it. The post's authors are loaded.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from web.listing.actions import keep_listed
from web.messages.actions import Decision, notify_decided, notify_submitted, settle_submitted
from web.models.post import Post
from web.models.preview_link import PreviewLink
from web.models.user import User
from web.publishing.queries import find_managers

TOKEN_BYTES = 32


def make_link(session: Session, post: Post, creator: User, lifetime: timedelta, now: datetime) -> str:
    """Make a preview link and return its token, which nobody can find out later."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    hashed = PreviewLink.hash_of(token)
    expires_at = now + lifetime
    link = PreviewLink(token_hash=hashed, rel_post=post, rel_creator=creator, created_at=now, expires_at=expires_at)
    session.add(link)
    return token


def feature(session: Session, post: Post, now: datetime) -> None:
    """Let a post stand first on the front page, and no other."""
    others = (Post.featured_at.is_not(None), Post.id != post.id)
    session.execute(update(Post).where(*others).values(featured_at=None))
    post.featured_at = post.featured_at or now


def submit(session: Session, post: Post, now: datetime) -> None:
    """Let a post wait for review, and tell those who decide."""
    if not post.is_in_review:
        post.submit(now)
        keep_listed(session, post)
        notify_submitted(session, post, find_managers(session), now)


def publish(session: Session, post: Post, decider: User | None, now: datetime) -> None:
    """Show a post to its readers, also one that was deleted."""
    was_submitted = post.was_submitted
    post.publish(now)
    keep_listed(session, post)
    if was_submitted:
        _tell(session, post, decider, Decision.PUBLISHED, now)


def schedule(session: Session, post: Post, moment: datetime, decider: User | None, now: datetime) -> None:
    """Let a post appear by itself when the moment has come."""
    was_submitted = post.was_submitted
    post.schedule(moment, now)
    keep_listed(session, post)
    if was_submitted:
        _tell(session, post, decider, Decision.SCHEDULED, now)


def withdraw(session: Session, post: Post, decider: User, now: datetime, note: str = "") -> None:
    """Make a post a draft again: one that waited goes back to its authors, with a note of what is to be changed.

    Authors who take back their own submission have decided nothing.
    """
    was_in_review = post.is_in_review
    post.withdraw(now)
    keep_listed(session, post)
    if was_in_review and (note or not post.is_written_by(decider.id)):
        _tell(session, post, decider, Decision.SENT_BACK, now, note)
    elif was_in_review:
        settle_submitted(session, post, now)


def delete(session: Session, post: Post, decider: User, now: datetime) -> None:
    """Put a post out of sight."""
    was_in_review = post.is_in_review
    post.delete(now)
    keep_listed(session, post)
    if was_in_review:
        _tell(session, post, decider, Decision.DELETED, now)


def restore(session: Session, post: Post, now: datetime) -> None:
    """Undo a deletion. A post that waited for review waits again, and those who decide are told again."""
    was_in_review = post.is_in_review
    post.restore()
    keep_listed(session, post)
    if post.is_in_review and not was_in_review:
        notify_submitted(session, post, find_managers(session), now)


def _tell(
    session: Session, post: Post, decider: User | None, decision: Decision, now: datetime, note: str = ""
) -> None:
    settle_submitted(session, post, now)
    notify_decided(session, post, decider, decision, now, note)
