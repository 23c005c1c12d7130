"""Lets a post say what its newest revision says: when it is saved for good, and before it goes to its readers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from web.drafts import actions
from web.drafts.actions import Render
from web.drafts.slugs import SlugTakenError, can_have, to_slug
from web.html.markdown import render_post
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.user import User
from web.revisions.actions import Occasion, record
from web.revisions.queries import load_words
from web.revisions.words import Words, words_of, words_of_post


def apply_revision(
    session: Session,
    post: Post,
    head: PostRevision,
    now: datetime,
    *,
    words: Words | None = None,
    was_pending: bool = True,
    render: Render = render_post,
) -> None:
    """Let the post say what its newest revision says, or these `words` in its place.

    `was_pending` tells whether other words than the post's stood there before. Raises SlugTakenError.
    """
    load_words(session, post)
    actions.apply(session, post, words or words_of(head), now, render, shows_its_body=not was_pending)
    head.is_pending, head.slug = False, post.slug


def apply_pending(session: Session, post: Post, head: PostRevision | None, now: datetime) -> None:
    """Give a post that has no readers yet the words that were saved while somebody typed, its newest revision.

    An address that somebody else has, or that a page cannot have, is not asked for.
    """
    if head is None or not head.is_pending or post.is_shown_at(now):
        return
    words = words_of(head)
    without_slug = replace(words, slug="")
    is_taken = bool(words.slug) and not can_have(session, post, to_slug(words.slug))
    try:
        apply_revision(session, post, head, now, words=without_slug if is_taken else words)
    except SlugTakenError:
        # Somebody else was given it in this very moment.
        apply_revision(session, post, head, now, words=without_slug)
    if head.is_autosave:
        head.keep_as_saved()


def record_release(session: Session, post: Post, user: User, now: datetime) -> None:
    """Record that a post goes to its readers. What was pending must be applied."""
    _record_present(session, post, Occasion(user, PostRevisionType.PUBLICATION, now))


def record_schedule(session: Session, post: Post, user: User, now: datetime) -> None:
    """Record that a post goes to its readers at a time. What was pending must be applied.

    Another time for what is scheduled already is nothing new: what it says is in its history.
    """
    if not post.is_scheduled_at(now):
        _record_present(session, post, Occasion(user, PostRevisionType.SCHEDULE, now))


def _record_present(session: Session, post: Post, occasion: Occasion) -> None:
    load_words(session, post)
    record(session, post, words_of_post(post), occasion)
