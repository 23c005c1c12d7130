"""What happens to a post and to those whom it concerns."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from web.listing.actions import keep_listed
from web.messages.actions import notify_decided, notify_submitted, settle_submitted
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


def take_back(session: Session, post: Post, now: datetime) -> None:
    """Let a post wait no longer: it is a draft again."""
    post.withdraw(now)
    keep_listed(session, post)
    settle_submitted(session, post, now)


def approve(session: Session, post: Post, editor: User, now: datetime) -> None:
    """Publish a post that waited, and tell its authors."""
    post.publish(now)
    keep_listed(session, post)
    settle_submitted(session, post, now)
    notify_decided(session, post, editor, "", now)


def send_back(session: Session, post: Post, editor: User, note: str, now: datetime) -> None:
    """Make a post that waited a draft again, and tell its authors what is to be changed."""
    take_back(session, post, now)
    notify_decided(session, post, editor, note, now)
