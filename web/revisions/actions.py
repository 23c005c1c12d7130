"""Writes revisions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, exists, insert, update
from sqlalchemy.orm import Session, aliased

from web.models.editing_sequence import EditingSequence
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.user import User
from web.revisions.queries import Lineage, lock_post
from web.revisions.submission import Submission, Version
from web.revisions.words import Words, join_tags, words_of, words_of_post

# Autosaves on which nothing stands any more are forgotten after this time, at the next save of their post.
AUTOSAVES_KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Occasion:
    """Who writes a revision, why, and when."""

    user: User | None
    kind: PostRevisionType
    now: datetime

    def of(self, kind: PostRevisionType) -> "Occasion":
        """The same for another reason."""
        return replace(self, kind=kind)


def record(
    session: Session,
    post: Post,
    words: Words,
    occasion: Occasion,
    submission: Submission | None = None,
    *,
    is_pending: bool = False,
) -> PostRevision:
    """Add a revision with these words, and flush it. It is pending when its post is not to say the same yet."""
    revision = PostRevision(
        rel_post=post,
        rel_user=occasion.user,
        post_revision_type_lookup_code=occasion.kind,
        editing_session=submission.editing_session if submission else "",
        sequence=submission.sequence if submission else 0,
        is_pending=is_pending,
        created_at=occasion.now,
    )
    rewrite(revision, words, occasion.now)
    session.add(revision)
    session.flush()
    return revision


def record_present(session: Session, post: Post) -> PostRevision:
    """Make the first revision of a post that has none: it says what the post says. Text and tags must be loaded."""
    return record(session, post, words_of_post(post), Occasion(None, PostRevisionType.SAVE, post.updated_at))


def record_next(
    session: Session,
    post: Post,
    submission: Submission,
    occasion: Occasion,
    before: PostRevision | None,
    *,
    is_pending: bool,
) -> PostRevision:
    """Store what was typed: in the working revision `before` of the same editing session, else in a new one.

    Of two submissions with the same sequence nobody knows which was typed later: both stay findable.
    """
    if before is None or not _may_rewrite(before, submission):
        if before is not None and before.is_autosave and _is_of_no_order(before, submission):
            before.keep_as_saved()
        return record(session, post, submission.words, occasion, submission, is_pending=is_pending)
    before.post_revision_type_lookup_code = occasion.kind
    # A button may come late with the words of an autosave after it.
    before.sequence, before.is_pending = max(before.sequence, submission.sequence), is_pending
    rewrite(before, submission.words, occasion.now)
    return before


def rewrite(revision: PostRevision, words: Words, now: datetime) -> None:
    """Replace the words of a revision."""
    revision.title, revision.body, revision.summary = words.title, words.body, words.summary
    revision.tags, revision.slug, revision.updated_at = join_tags(words.tags), words.slug, now


def forget_autosaves(session: Session, post: Post, head: PostRevision, now: datetime) -> None:
    """Remove autosaves of a post that are older than `AUTOSAVES_KEPT_FOR`.

    Never the head, and none from which a conflict came about that somebody has still to decide.
    """
    conflict = aliased(PostRevision)
    is_needed = exists().where(
        conflict.base_post_revision_id == PostRevision.id,
        conflict.post_revision_type_lookup_code == PostRevisionType.CONFLICT,
        conflict.settled_at.is_(None),
    )
    is_old = PostRevision.updated_at < now - AUTOSAVES_KEPT_FOR
    is_autosave = PostRevision.post_revision_type_lookup_code == PostRevisionType.AUTOSAVE
    session.execute(
        delete(PostRevision).where(
            PostRevision.post_id == post.id, PostRevision.id != head.id, is_autosave, is_old, ~is_needed
        )
    )


def pin(session: Session, post_id: int, version: Version) -> bool:
    """Keep a state of a revision, for somebody builds on it. False when it was written again meanwhile."""
    # Without the lock, an autosave that has read the revision already would write over it all the same.
    lock_post(session, post_id)
    is_it = PostRevision.id == version.revision_id, PostRevision.sequence == version.sequence
    pinned = update(PostRevision).where(PostRevision.post_id == post_id, *is_it).values(is_pinned=True)
    # Rows that were found, also those that were pinned before. MariaDB's UPDATE cannot return rows.
    return cast(CursorResult[Any], session.execute(pinned)).rowcount == 1


def note_sequence(session: Session, post: Post, submission: Submission, lineage: Lineage, now: datetime) -> None:
    """Note how far an editing session came with a submission that changes nothing. The post must be locked.

    So what it typed before that is known when it arrives later, and so is this one when it comes once more.
    """
    key = {"post_id": post.id, "editing_session": submission.editing_session}
    said = {"sequence": submission.sequence, "noted_at": now}
    if lineage.is_noted:
        session.execute(update(EditingSequence).filter_by(**key).values(said))
    else:
        session.execute(insert(EditingSequence).values(key | said))


def forget_sequences(session: Session, post: Post, now: datetime) -> None:
    """Forget how far editing sessions came of which nothing can arrive any more."""
    is_old = EditingSequence.noted_at < now - AUTOSAVES_KEPT_FOR
    session.execute(delete(EditingSequence).where(EditingSequence.post_id == post.id, is_old))


def says_the_same(revision: PostRevision, words: Words) -> bool:
    """Whether a revision has these very words."""
    return words_of(revision) == words


def _may_rewrite(revision: PostRevision, submission: Submission) -> bool:
    is_working = (revision.is_autosave or revision.is_conflict) and not revision.is_pinned
    is_own = revision.editing_session == submission.editing_session
    return is_working and is_own and not _is_of_no_order(revision, submission)


def _is_of_no_order(revision: PostRevision, submission: Submission) -> bool:
    has_followed = submission.came_after(revision.editing_session, revision.sequence)
    return not has_followed and not says_the_same(revision, submission.words)
