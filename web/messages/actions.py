"""Sends messages and marks them read."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.html.dom_id import dom_id
from web.html.text import shorten
from web.messages import queries
from web.models.comment import Comment
from web.models.message import SUBJECT_LIMIT, Message, MessageType, UserMessageAssociation
from web.models.post import Post
from web.models.user import User

DOUBLE_CLICK = timedelta(minutes=1)


class Decision(StrEnum):
    """What becomes of a post that waited for review, as its authors are told."""

    PUBLISHED = "was approved and published"
    SCHEDULED = "was approved and is scheduled"
    SENT_BACK = "was sent back"
    DELETED = "was deleted"


def announce(session: Session, sender: User, subject: str, body: str, now: datetime) -> Message:
    """Write to everybody who has an account now. The same words again within a minute are not sent twice."""
    queries.lock_sender(session, sender)
    twin = queries.find_same(session, sender, None, subject, body, now - DOUBLE_CLICK)
    return twin or _add(session, MessageType.GLOBAL, sender, subject, now, body=body)


def write_to(session: Session, sender: User, recipient: User, subject: str, body: str, now: datetime) -> Message:
    """Write to one person. The same words again within a minute are not sent twice."""
    queries.lock_sender(session, sender)
    twin = queries.find_same(session, sender, recipient, subject, body, now - DOUBLE_CLICK)
    return twin or _send(session, sender, [recipient], subject, now, body=body)


def notify_answered(session: Session, comment: Comment, now: datetime) -> None:
    """Tell the writer of what a comment answers, once. Comment, post, both writers and parent are loaded.

    Nobody is told about an answer of their own, and guests cannot be told.
    """
    recipient = comment.rel_parent.rel_user if comment.rel_parent else None
    if recipient is None or recipient is comment.rel_user:
        return
    link = link_to(comment)
    if not queries.has_been_told(session, recipient, comment):
        subject = f"{comment.name} answered your comment on “{comment.rel_post.title}”"
        _send(session, None, [recipient], subject, now, link=link)


def notify_waiting(session: Session, comment: Comment, recipients: Iterable[User], now: datetime) -> None:
    """Tell those who decide about it that a guest's comment waits. Comment and post are loaded."""
    subject = f"A comment by {comment.name} on “{comment.rel_post.title}” waits for approval"
    _send(session, None, recipients, subject, now, link=link_to(comment))


def settle_waiting(session: Session, comment: Comment, decider: User, now: datetime) -> bool:
    """Let nobody be told any more that a comment waits: it was decided about. Its post and authors are loaded.

    Returns whether the person who decided had that message unread.
    """
    people = [*comment.rel_post.authors, decider]
    unread = queries.find_unread_about(session, people, comment)
    for association in unread:
        association.read_at = now
    return any(association.user_id == decider.id for association in unread)


def notify_submitted(session: Session, post: Post, recipients: Sequence[User], now: datetime) -> None:
    """Tell those who decide, if there are any, that a post waits for review. Its authors are loaded."""
    if not recipients:
        return
    names = " and ".join(author.display_name for author in post.authors)
    subject = f"“{post.title}” by {names} waits for review"
    _send(session, None, recipients, subject, now, link=settings_of(post))


def settle_submitted(session: Session, post: Post, now: datetime) -> None:
    """Let nobody be told any more that a post waits for review."""
    for association in queries.find_unread_with_link(session, settings_of(post)):
        association.read_at = now


def notify_decided(
    session: Session, post: Post, decider: User | None, decision: Decision, now: datetime, note: str = ""
) -> None:
    """Tell a post's loaded authors what became of it after it waited for review, perhaps with a note."""
    people = [author for author in post.authors if author.is_active and author is not decider]
    link = post.path if decision in (Decision.PUBLISHED, Decision.SCHEDULED) else f"/write/{post.id}"
    subject = f"“{post.title or 'Untitled'}” {decision}"
    if people:
        _send(session, decider, people, subject, now, body=note, link=link)


def notify_added(session: Session, post: Post, person: User, adder: User, now: datetime) -> None:
    """Tell somebody that they are an author of a post now, unless they made themselves one."""
    if person.id != adder.id and person.is_active:
        subject = f"You are an author of “{post.title or 'Untitled'}” now"
        _send(session, adder, [person], subject, now, link=f"/write/{post.id}")


def notify_rescued(session: Session, writer: User, title: str, link: str, now: datetime) -> None:
    """Tell somebody that words which they sent in vain are kept for a while."""
    _send(session, None, [writer], f"“{title or 'Untitled'}” could not be saved and was rescued", now, link=link)


def settle_rescued(session: Session, link: str, now: datetime) -> None:
    """Let nobody be told any more of words that are saved, or given up, since."""
    for association in queries.find_unread_with_link(session, link):
        association.read_at = now


def settings_of(post: Post) -> str:
    """Where a post is decided about."""
    return f"/write/{post.id}/settings"


def mark_read(session: Session, user: User, message_id: int, now: datetime) -> None:
    """Remember that somebody has read a message that they received."""
    association = queries.find_association(session, user, message_id)
    if association is not None:
        association.read_at = association.read_at or now
        return
    message = queries.find_message(session, message_id)
    try:
        with session.begin_nested():
            session.add(UserMessageAssociation(rel_user=user, rel_message=message, read_at=now))
    except IntegrityError:
        # Read in two windows at the same moment: it is read.
        return


def mark_all_read(session: Session, user: User, now: datetime) -> None:
    """Remember that somebody has read everything."""
    unread = (UserMessageAssociation.user_id == user.id, UserMessageAssociation.read_at.is_(None))
    session.execute(update(UserMessageAssociation).where(*unread).values(read_at=now))
    for message in queries.find_unread_global(session, user):
        mark_read(session, user, message.id, now)


def link_to(comment: Comment) -> str:
    """Where a comment stands. Its post is loaded."""
    return f"/posts/{comment.rel_post.slug}#{dom_id(comment)}"


def _send(
    session: Session,
    sender: User | None,
    recipients: Iterable[User],
    subject: str,
    now: datetime,
    *,
    body: str = "",
    link: str = "",
) -> Message:
    message = _add(session, MessageType.PERSONAL, sender, subject, now, body=body, link=link)
    session.add_all(UserMessageAssociation(rel_user=recipient, rel_message=message) for recipient in recipients)
    session.flush()
    return message


def _add(
    session: Session,
    kind: MessageType,
    sender: User | None,
    subject: str,
    now: datetime,
    *,
    body: str = "",
    link: str = "",
) -> Message:
    message = Message(
        message_type_lookup_code=kind,
        rel_sender=sender,
        subject=shorten(subject, SUBJECT_LIMIT),
        body=body,
        link=link,
        created_at=now,
    )
    session.add(message)
    session.flush()
    return message
