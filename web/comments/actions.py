"""What happens to comments: written, changed, decided about, taken away; and who is told."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.comments import queries
from web.comments.drafts import Draft, new_uid
from web.database.locks import in_case_of_a_twin
from web.html.markdown import RENDERER_VERSION, render_comment
from web.messages.actions import notify_answered, notify_waiting, settle_waiting
from web.models.comment import Comment
from web.models.user import User
from web.search.actions import index_comments


def write(session: Session, draft: Draft, now: datetime) -> Comment:
    """Store a comment, once however often it comes, and tell whom it concerns."""
    try:
        return _write(session, draft, now)
    except IntegrityError:
        # The same form arrived twice at the same moment. Its twin is stored by now.
        return _write(session, draft, now)


def rewrite(session: Session, comment: Comment, body: str, now: datetime) -> None:
    """Replace the words of a comment. The same words again change nothing."""
    if body != comment.body:
        comment.rewrite(body, render_comment(body), RENDERER_VERSION, now)
        index_comments(session, [comment])


def approve(session: Session, comment: Comment, decider: User, now: datetime) -> bool:
    """Show a comment to everybody, and tell the writer of what it answers.

    Returns whether this also read a message of the decider: that it waited.
    """
    if not comment.is_approved:
        comment.approve()
        notify_answered(session, comment, now)
    return settle_waiting(session, comment, decider, now)


def reject(session: Session, comment: Comment, decider: User, now: datetime) -> bool:
    """Show a comment to nobody. Returns the same as `approve`."""
    comment.reject()
    return settle_waiting(session, comment, decider, now)


def remove(session: Session, comment: Comment, decider: User, now: datetime) -> bool:
    """Take a comment away: its words while answers hang from it, otherwise its row.

    Returns the same as `approve`.
    """
    has_read = comment.is_pending and settle_waiting(session, comment, decider, now)
    _take_away(session, comment, now)
    return has_read


def _take_away(session: Session, comment: Comment, now: datetime) -> None:
    # Locked first: an answer written at the same moment is either seen here or refused there.
    if not queries.lock(session, comment):
        return
    if queries.is_answered(session, comment):
        if not comment.is_deleted:
            comment.delete(now)
            index_comments(session, [comment])
        return
    parent = queries.find_parent(session, comment)
    session.delete(comment)
    session.flush()
    # A placeholder has no reason to stay without answers.
    if parent is not None and parent.is_deleted:
        _take_away(session, parent, now)


def _write(session: Session, draft: Draft, now: datetime) -> Comment:
    uids = draft.uids(now)
    found = queries.find_by_uids(session, uids)
    twin = next((comment for comment in found if draft.is_told_by(comment, now)), None)
    if twin is not None:
        return twin
    is_taken = any(comment.uid == uids[0] for comment in found)
    with in_case_of_a_twin(session):
        comment = _build(draft, new_uid() if is_taken else uids[0], now)
        session.add(comment)
    index_comments(session, [comment])
    _tell(session, comment, now)
    return comment


def _build(draft: Draft, uid: str, now: datetime) -> Comment:
    return Comment(
        uid=uid,
        rel_post=draft.post,
        rel_user=draft.user,
        rel_parent=draft.parent,
        guest_name=draft.guest_name,
        guest_email=draft.guest_email,
        body=draft.body,
        body_html=render_comment(draft.body),
        renderer_version=RENDERER_VERSION,
        comment_status_lookup_code=draft.state,
        created_at=now,
    )


def _tell(session: Session, comment: Comment, now: datetime) -> None:
    if comment.is_approved:
        notify_answered(session, comment, now)
    elif comment.is_pending:
        authors = [author for author in comment.rel_post.authors if author.is_active]
        notify_waiting(session, comment, authors or queries.find_managers(session), now)
