"""`colophon demo`"""

import secrets
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from web.accounts.actions import NewAccount, create_first_owner
from web.accounts.passwords import Passwords
from web.cli.context import opened_database, read_settings
from web.database import Database
from web.settings import Settings
from web.transfer.demo import NamesTakenError, NotEmptyError, fill
from web.transfer.queries import find_first_owner, has_anything
from web.transfer.sample_files import Sample

OWNER = NewAccount("owner", "owner@example.org", None)
PASSWORD_BYTES = 15


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing, and succeed, where there are posts or people already.")
def demo(if_empty: bool) -> None:
    """Fill an empty blog with sample posts, pages, comments and messages.

    Nobody in the samples can sign in. A blog without an owner gets one, called "owner"; the password is
    printed once.
    """
    settings = read_settings()
    with opened_database(settings) as database:
        if if_empty and _has_anything(database):
            return
        _fill(database, settings)


def _has_anything(database: Database) -> bool:
    with database.session(read_only=True) as session:
        return has_anything(session)


def _fill(database: Database, settings: Settings) -> None:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    # Hashing is slow, and done before the transaction begins.
    owner = OWNER._replace(password_hash=_hash(settings, password))
    try:
        with database.session() as session:
            is_new, sample = _make(session, owner, datetime.now(UTC))
    except NotEmptyError:
        raise click.ClickException("This blog has posts already. Samples are for an empty one.") from None
    except NamesTakenError as error:
        raise click.ClickException(f"There are people called {error} already.") from None
    hidden = len(sample.posts) - sample.shown
    click.echo(f"The blog has {sample.shown} sample posts and pages now; {hidden} more are not published yet.")
    if is_new:
        click.echo(f"Sign in as {OWNER.name} with the password {password} (shown only now).")


def _make(session: Session, new: NewAccount, now: datetime) -> tuple[bool, Sample]:
    owner = find_first_owner(session)
    return owner is None, fill(session, owner or create_first_owner(session, new, now), now)


def _hash(settings: Settings, password: str) -> str:
    return Passwords(settings.password_memory_kib, settings.password_rounds).hash(password)
