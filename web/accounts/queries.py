"""Reads people and their sign-ins."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from web.models.login_session import LoginSession, SignInFailure
from web.models.message import Message, MessageType, UserMessageAssociation
from web.models.user import User

SESSION_LIFETIME = timedelta(days=90)


class SignedIn(NamedTuple):
    """Whose request it is. `user` is loaded; `unread_count` is the number of unread messages."""

    user: User
    login_session: LoginSession
    unread_count: int


def _unread_count() -> ColumnElement[int]:
    # Global messages get their association when they are read, personal ones when they are sent.
    association = and_(UserMessageAssociation.message_id == Message.id, UserMessageAssociation.user_id == User.id)
    is_for_all = and_(Message.message_type_lookup_code == MessageType.GLOBAL, Message.created_at >= User.created_at)
    return (
        select(func.count(Message.id))
        .outerjoin(UserMessageAssociation, association)
        .where(
            UserMessageAssociation.read_at.is_(None),
            or_(UserMessageAssociation.user_id.is_not(None), is_for_all),
        )
        .correlate(User)
        .scalar_subquery()
    )


SIGNED_IN = (
    select(LoginSession, _unread_count())
    .join(LoginSession.rel_user)
    .options(contains_eager(LoginSession.rel_user))
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.created_at > bindparam("not_before"),
        User.is_active.is_(True),
    )
)


def find_signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """The person whose browser holds this token, with role and unread messages, in one statement."""
    values = {"token_hash": LoginSession.hash_of(token), "not_before": now - SESSION_LIFETIME}
    row = session.execute(SIGNED_IN, values).one_or_none()
    return SignedIn(row[0].rel_user, row[0], row[1]) if row else None


def find_by_login(session: Session, login: str) -> User | None:
    """The user with this name or e-mail address, active or not."""
    key = login.strip().lower()
    return session.scalars(select(User).where(or_(User.username == key, User.email == key)).limit(1)).first()


def count_recent_failures(session: Session, login: str, address: str, since: datetime) -> tuple[int, int]:
    """How often signing in failed since then: for this name, and from this address."""
    by_name = func.count().filter(SignInFailure.login == login)
    by_address = func.count().filter(SignInFailure.address == address)
    statement = select(by_name, by_address).where(
        SignInFailure.failed_at > since, or_(SignInFailure.login == login, SignInFailure.address == address)
    )
    for_name, for_address = session.execute(statement).one()
    return for_name, for_address


def find_people(session: Session) -> list[User]:
    """Everybody, by name."""
    return list(session.scalars(select(User).order_by(User.username)))


def has_people(session: Session) -> bool:
    """Whether there is any account yet."""
    return session.execute(select(User.id).limit(1)).first() is not None


def find_login_sessions(session: Session, user: User) -> list[LoginSession]:
    """Where somebody is signed in, newest first."""
    statement = select(LoginSession).where(LoginSession.user_id == user.id).order_by(LoginSession.last_seen_at.desc())
    return list(session.scalars(statement))
