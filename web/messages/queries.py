"""Reads messages: those to everybody since somebody has an account, and those to this person alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select, union_all
from sqlalchemy.orm import Session

from web.html.dom_id import dom_id
from web.html.markdown import render_comment
from web.models.comment import Comment
from web.models.message import Message, MessageType, UserMessageAssociation
from web.models.user import User

PAGE_SIZE = 20

Found = Select[Any, datetime | None]


class Letter(NamedTuple):
    """A message as its reader sees it. `sender` is empty when the system wrote it, `read_at` None while unread."""

    id: int
    is_global: bool
    subject: str
    body: str
    link: str
    created_at: datetime
    sender: str | None
    read_at: datetime | None

    @property
    def body_html(self) -> str:
        """The words as HTML; empty for a message that only links to something."""
        return render_comment(self.body) if self.body else ""


class Letters(NamedTuple):
    """A page of messages, newest first. `older` is the number to go on before, None on the last page."""

    items: Sequence[Letter]
    older: int | None


def letters(session: Session, user: User, before: int | None = None) -> Letters:
    """A page of what somebody received, in one statement that reads no more of each kind than it shows."""
    found = union_all(*(select(_newest(part, before).subquery()) for part in _received(user))).subquery()
    statement = _in_words(found).order_by(Message.id.desc()).limit(PAGE_SIZE + 1)
    rows = session.execute(statement).all()
    items = [Letter(*row) for row in rows[:PAGE_SIZE]]
    return Letters(items, items[-1].id if len(rows) > PAGE_SIZE else None)


def find_letter(session: Session, user: User, message_id: int) -> Letter | None:
    """One message, if this person received it."""
    found = union_all(*(part.where(Message.id == message_id) for part in _received(user))).subquery()
    row = session.execute(_in_words(found)).one_or_none()
    return Letter(*row) if row else None


def find_unread_global(session: Session, user: User) -> list[Message]:
    """The announcements that somebody has not read."""
    ids = _global(user).where(UserMessageAssociation.read_at.is_(None)).with_only_columns(Message.id)
    return list(session.scalars(select(Message).where(Message.id.in_(ids)).order_by(Message.id)))


def find_message(session: Session, message_id: int) -> Message:
    """The message with this number. Raises NoResultFound when there is none."""
    return session.get_one(Message, message_id)


def find_association(session: Session, user: User, message_id: int) -> UserMessageAssociation | None:
    """That a message has reached somebody, if it has."""
    return session.get(UserMessageAssociation, (user.id, message_id))


def find_recipient(session: Session, username: str) -> User | None:
    """Who has this username and can sign in."""
    statement = select(User).where(User.username == username.lower(), User.is_active.is_(True))
    return session.scalars(statement).one_or_none()


def lock_sender(session: Session, sender: User) -> None:
    """Let nothing else be sent by somebody until this unit of work is over."""
    session.execute(select(User.id).where(User.id == sender.id).with_for_update())


def find_same(
    session: Session, sender: User, recipient: User | None, subject: str, body: str, since: datetime
) -> Message | None:
    """A message with the same words from and to the same people, sent since then."""
    statement = select(Message).where(
        Message.sender_user_id == sender.id,
        Message.subject == subject,
        Message.created_at > since,
        Message.body == body,
    )
    if recipient is None:
        statement = statement.where(Message.message_type_lookup_code == MessageType.GLOBAL)
    else:
        statement = statement.join(Message.rel_user_associations)
        statement = statement.where(UserMessageAssociation.user_id == recipient.id)
    return session.scalars(statement.limit(1)).first()


def has_been_told(session: Session, user: User, comment: Comment) -> bool:
    """Whether somebody got a message about this comment already."""
    statement = select(Message.id).join(Message.rel_user_associations)
    statement = statement.where(UserMessageAssociation.user_id == user.id, _is_about(comment))
    return session.execute(statement.limit(1)).first() is not None


def find_unread_about(session: Session, people: Sequence[User], comment: Comment) -> list[UserMessageAssociation]:
    """What these people have not read of what they were told about a comment."""
    statement = (
        select(UserMessageAssociation)
        .join(UserMessageAssociation.rel_message)
        .where(
            UserMessageAssociation.user_id.in_([person.id for person in people]),
            UserMessageAssociation.read_at.is_(None),
            _is_about(comment),
        )
    )
    return list(session.scalars(statement))


def find_unread_with_link(session: Session, link: str) -> list[UserMessageAssociation]:
    """What anybody has not read of the messages that lead there."""
    statement = (
        select(UserMessageAssociation)
        .join(UserMessageAssociation.rel_message)
        .where(UserMessageAssociation.read_at.is_(None), Message.link == link)
    )
    return list(session.scalars(statement))


def _is_about(comment: Comment) -> ColumnElement[bool]:
    # The end of the link: its beginning is the post's address, which may have changed since.
    return Message.link.endswith(f"#{dom_id(comment)}", autoescape=True)


def _received(user: User) -> tuple[Found, Found]:
    personal = (
        select(Message.id, UserMessageAssociation.read_at)
        .join(Message.rel_user_associations)
        .where(Message.message_type_lookup_code == MessageType.PERSONAL, UserMessageAssociation.user_id == user.id)
    )
    return _global(user), personal


def _global(user: User) -> Found:
    # An announcement gets its association when it is read, a personal message when it is sent.
    association = and_(UserMessageAssociation.message_id == Message.id, UserMessageAssociation.user_id == user.id)
    return (
        select(Message.id, UserMessageAssociation.read_at)
        .outerjoin(UserMessageAssociation, association)
        .where(Message.message_type_lookup_code == MessageType.GLOBAL, Message.created_at >= user.created_at)
    )


def _newest(part: Found, before: int | None) -> Found:
    if before is not None:
        part = part.where(Message.id < before)
    return part.order_by(Message.id.desc()).limit(PAGE_SIZE + 1)


def _in_words(found: Any) -> Select[*tuple[Any, ...]]:
    is_global: ColumnElement[bool] = Message.message_type_lookup_code == MessageType.GLOBAL
    return (
        select(
            Message.id,
            is_global.label("is_global"),
            Message.subject,
            Message.body,
            Message.link,
            Message.created_at,
            User.display_name,
            found.c.read_at,
        )
        .join(found, found.c.id == Message.id)
        .outerjoin(Message.rel_sender)
    )
