"""The authors that imported posts name: found, or made as people who cannot sign in."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.accounts.rules import USERNAME_LONGEST
from web.drafts.slugs import to_slug
from web.models.user import Role, User
from web.search.actions import index_people
from web.transfer.post_file import PostFileError
from web.transfer.queries import find_author


def get_or_make_authors(session: Session, names: tuple[str, ...], now: datetime) -> list[User]:
    """The people with these names, in order and once each. Raises PostFileError for a name without letters."""
    people = [_get_or_make(session, name, now) for name in names]
    return list({person.username: person for person in people}.values())


def _get_or_make(session: Session, name: str, now: datetime) -> User:
    username = to_slug(name)[:USERNAME_LONGEST].strip("-")
    if not username:
        raise PostFileError(f"No username can be made of the author “{name}”.")
    return find_author(session, username, name) or _make(session, username, name, now)


def _make(session: Session, username: str, name: str, now: datetime) -> User:
    person = User(
        username=username,
        email=None,
        display_name=name,
        password_hash=None,
        is_active=False,
        role_lookup_code=Role.AUTHOR,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        # Somebody signed up under this very name a moment ago.
        found = find_author(session, username, name)
        if found is None:
            raise
        return found
    index_people(session, [person])
    return person
