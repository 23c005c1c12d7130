"""Keeps words that were sent in vain, within limits, for thirty days."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from web.media.uses import keep_images
from web.messages.actions import notify_rescued, settle_rescued
from web.models.post import Post
from web.models.rescued_text import KEPT_FOR, RescuedText
from web.models.user import User
from web.rescue import queries
from web.revisions.submission import Submission
from web.revisions.words import join_tags

# For one person. Each text has at most the length of a post.
MOST_TEXTS = 20


@dataclass(frozen=True)
class Wreck:
    """What was sent in vain: the words, the post and the form's uid, and why they could not be stored.

    `rescued` is the text that they were made of, if they were rescued before.
    """

    submission: Submission
    post_id: int | None
    uid: str
    reason: str
    rescued: int | None = None


def keep(session: Session, user: User, wreck: Wreck, now: datetime) -> RescuedText | None:
    """Keep the words for somebody; what the same editor sent before is replaced. None when too much is kept already."""
    session.execute(delete(RescuedText).where(RescuedText.user_id == user.id, RescuedText.updated_at < now - KEPT_FOR))
    kept = queries.find_text_of(session, user.id, wreck.submission.editing_session)
    if wreck.rescued is not None and (kept is None or kept.id != wreck.rescued):
        forget(session, user, wreck.rescued, now)
    if kept is None and queries.count_texts(session, user.id) >= MOST_TEXTS:
        return None
    if kept is not None:
        if kept.sequence <= wreck.submission.sequence:
            _write(kept, wreck, now)
            keep_images(session, kept.body)
        return kept
    post = session.get(Post, wreck.post_id) if wreck.post_id is not None else None
    kept = RescuedText(rel_user=user, rel_post=post, created_at=now)
    _write(kept, wreck, now)
    session.add(kept)
    session.flush()
    keep_images(session, kept.body)
    # Nothing shall be forgotten after thirty days of which its writer never heard.
    notify_rescued(session, user, kept.title, link_to(kept.id), now)
    return kept


def forget(session: Session, user: User, text_id: int, now: datetime) -> None:
    """Remove a text of somebody's that is stored elsewhere now, or that they gave up."""
    session.execute(delete(RescuedText).where(RescuedText.id == text_id, RescuedText.user_id == user.id))
    settle_rescued(session, link_to(text_id), now)


def forget_stored(session: Session, user: User, submission: Submission, rescued: int | None, now: datetime) -> None:
    """Remove what was rescued of an editor whose words are stored now, and the text that they were made of."""
    for text_id in queries.find_stored(session, user.id, submission, rescued):
        forget(session, user, text_id, now)


def link_to(text_id: int) -> str:
    """Where a rescued text is put back into the editor."""
    return f"/write/recovered/{text_id}"


def _write(kept: RescuedText, wreck: Wreck, now: datetime) -> None:
    submission, words = wreck.submission, wreck.submission.words
    kept.uid, kept.base = wreck.uid, str(submission.base or "")
    kept.editing_session, kept.sequence = submission.editing_session, submission.sequence
    kept.title, kept.body, kept.tags = words.title, words.body, join_tags(words.tags)
    kept.slug, kept.summary = words.slug, words.summary
    kept.reason, kept.updated_at = wreck.reason, now
