"""Reads people and their sign-ins."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from web.models.login_session import SEEN_INTERVAL, LoginSession, SignInFailure
from web.models.message import Message, MessageType, UserMessageAssociation
from web.models.user import Role, RoleLookup, User

SESSION_LIFETIME = timedelta(days=90)


class SignedIn(NamedTuple):
    """Whose request it is. `user` is loaded; `unread_count` is the number of unread messages."""

    user: User
    login_session: "Browser"
    unread_count: int


class Browser(NamedTuple):
    """What every request asks of a login session: plain values, because an object costs as much as the user's."""

    id: int
    created_at: datetime
    last_seen_at: datetime

    def was_seen_recently(self, now: datetime) -> bool:
        """Whether `last_seen_at` is fresh enough to be left alone."""
        return now - self.last_seen_at < SEEN_INTERVAL


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
    select(User, LoginSession.id, LoginSession.created_at, LoginSession.last_seen_at, _unread_count())
    .join(User.rel_login_sessions)
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
    return SignedIn(row[0], Browser(*row[1:4]), row[4]) if row else None


def find_by_login(session: Session, login: str) -> User | None:
    """The user with this name or e-mail address, active or not."""
    key = login.strip().lower()
    return session.scalars(select(User).where(or_(User.username == key, User.email == key)).limit(1)).first()


def find_user(session: Session, user_id: int) -> User | None:
    """The user with this key."""
    return session.get(User, user_id)


def find_taken(session: Session, username: str, email: str) -> frozenset[str]:
    """Which of the two somebody else has already: "username", "email", both or neither."""
    statement = select(User.username, User.email).where(or_(User.username == username, User.email == email))
    rows = session.execute(statement).all()
    taken_name = {"username"} if any(row.username == username for row in rows) else set()
    taken_email = {"email"} if any(row.email == email for row in rows) else set()
    return frozenset(taken_name | taken_email)


def recent_failures(
    session: Session, login: str, address: str, since: datetime
) -> tuple[list[datetime], list[datetime]]:
    """When signing in failed since then: for this name, and from this address.

    They are few: past the limit no attempt is looked at and none is added. An empty address is
    unknown and matches nothing, for everybody would share it.
    """
    is_from_there = and_(SignInFailure.address == address, SignInFailure.address != "")
    statement = select(SignInFailure.login, SignInFailure.address, SignInFailure.failed_at).where(
        SignInFailure.failed_at > since, or_(SignInFailure.login == login, is_from_there)
    )
    rows = session.execute(statement).all()
    by_name = [row.failed_at for row in rows if row.login == login]
    by_address = [row.failed_at for row in rows if address and row.address == address]
    return by_name, by_address


def find_people(session: Session) -> list[User]:
    """Everybody, by name."""
    return list(session.scalars(select(User).order_by(User.username)))


def has_owner(session: Session) -> bool:
    """Whether somebody owns the blog already. Authors of imported posts do not count: they cannot sign in."""
    return session.execute(_owners().limit(1)).first() is not None


def count_owners(session: Session) -> int:
    """How many people own the blog and can sign in."""
    return session.scalars(select(func.count()).select_from(_owners().subquery())).one()


def lock_owners(session: Session) -> None:
    """Let nobody else add or remove an owner until this transaction ends.

    SQLite has one writer at a time anyway. Elsewhere the row of the role is locked, and foreign keys
    that point to it wait as well.
    """
    session.execute(select(RoleLookup.code).where(RoleLookup.code == Role.OWNER).with_for_update())


def _owners() -> Select[int]:
    return select(User.id).where(User.role_lookup_code == Role.OWNER, User.is_active.is_(True))


def find_login_sessions(session: Session, user: User, now: datetime) -> list[LoginSession]:
    """Where somebody is signed in, last seen first."""
    statement = select(LoginSession).where(
        LoginSession.user_id == user.id, LoginSession.created_at > now - SESSION_LIFETIME
    )
    return list(session.scalars(statement.order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())))


def find_login_session(session: Session, user: User, login_session_id: int) -> LoginSession | None:
    """One of the places where somebody is signed in; None for somebody else's."""
    found = session.get(LoginSession, login_session_id)
    return found if found is not None and found.user_id == user.id else None
