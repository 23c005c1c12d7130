"""What happens to accounts and sign-ins, for the pages and for the command alike.

Nothing here hashes a password: that is slow and is done before, outside of any transaction.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.accounts import queries, rules
from web.accounts.queries import SESSION_LIFETIME
from web.models.login_session import LoginSession, SignInFailure
from web.models.user import Role, User
from web.search.actions import index_people

USER_AGENT_LIMIT = 300
ADDRESS_LIMIT = 45


class TakenError(Exception):
    """Somebody else has it already. `fields` holds "username", "email" or both."""

    def __init__(self, fields: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(fields)))
        self.fields = fields


class OwnerExistsError(Exception):
    """The blog has its owner: somebody else was faster."""


class LastOwnerError(Exception):
    """The blog would be left without an owner."""


class NewAccount(NamedTuple):
    """What somebody typed to get an account, already checked with the rules; the name in their own case."""

    name: str
    email: str
    password_hash: str | None


class Browser(NamedTuple):
    """The browser in which somebody signs in."""

    user_agent: str
    address: str


def create_account(session: Session, new: NewAccount, role: Role, now: datetime) -> User:
    """Make an account. Raises TakenError when the name or the address is somebody else's."""
    username, email = new.name.lower(), new.email.lower()
    user = User(
        username=username,
        email=email,
        display_name=new.name,
        password_hash=new.password_hash,
        role_lookup_code=role,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        taken = queries.find_taken(session, username, email)
        if not taken:
            raise
        raise TakenError(taken) from None
    index_people(session, [user])
    return user


def create_first_owner(session: Session, new: NewAccount, now: datetime) -> User:
    """Make the owner of a blog that has none. Raises OwnerExistsError, also for the slower of two; TakenError."""
    queries.lock_owners(session)
    if queries.has_owner(session):
        raise OwnerExistsError
    return create_account(session, new, Role.OWNER, now)


def change_role(session: Session, user: User, role: Role) -> None:
    """Give somebody another role. Raises LastOwnerError for the last owner."""
    queries.lock_owners(session)
    session.refresh(user)
    if user.is_owner and user.is_active and role != Role.OWNER and queries.count_owners(session) == 1:
        raise LastOwnerError
    user.role_lookup_code = role


def start_session(session: Session, user: User, browser: Browser, now: datetime) -> str:
    """Sign somebody in, and return the token that their browser keeps. Only its hash is stored."""
    session.execute(
        delete(LoginSession).where(LoginSession.user_id == user.id, LoginSession.created_at <= now - SESSION_LIFETIME)
    )
    token = rules.make_token(user.id)
    session.add(
        LoginSession(
            token_hash=LoginSession.hash_of(token),
            rel_user=user,
            created_at=now,
            last_seen_at=now,
            user_agent=browser.user_agent[:USER_AGENT_LIMIT],
            address=browser.address[:ADDRESS_LIMIT],
        )
    )
    return token


def end_session(session: Session, login_session_id: int) -> None:
    """Sign one browser out. One that is signed out already stays so."""
    session.execute(delete(LoginSession).where(LoginSession.id == login_session_id))


def change_password(session: Session, user: User, password_hash: str, *, keep: int | None = None) -> str | None:
    """Change a password and end all sessions but the one with the key `keep`.

    That one goes on under the returned token, since the old one may have been seen by others. None
    is returned when there is no such session.
    """
    user.change_password(password_hash)
    kept = queries.find_login_session(session, user, keep) if keep is not None else None
    others = delete(LoginSession).where(LoginSession.user_id == user.id)
    session.execute(others.where(LoginSession.id != kept.id) if kept else others)
    if kept is None:
        return None
    token = rules.make_token(user.id)
    kept.token_hash = LoginSession.hash_of(token)
    return token


def minutes_to_wait(session: Session, login: str, address: str, now: datetime) -> int:
    """How long this name or this address must wait before a password is looked at again; 0 for not at all."""
    since = now - rules.FAILURE_WINDOW
    failures = queries.recent_failures(session, login, rules.counted_address(address), since)
    return max(rules.minutes_to_wait(moments, now) for moments in failures)


def record_failure(session: Session, login: str, address: str, now: datetime) -> None:
    """Count a wrong password against the name and the address; forget what no longer counts."""
    session.execute(delete(SignInFailure).where(SignInFailure.failed_at <= now - rules.FAILURE_WINDOW))
    session.add(SignInFailure(login=login, address=rules.counted_address(address), failed_at=now))


def clear_failures(session: Session, user: User) -> None:
    """Forget the failures for somebody's name and address: they have shown who they are."""
    is_theirs = or_(SignInFailure.login == user.username, SignInFailure.login == (user.email or user.username))
    session.execute(delete(SignInFailure).where(is_theirs))
