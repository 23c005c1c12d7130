"""What commands share: the settings, and a database that is closed at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from web.app import open_database, open_replica
from web.database import Database, schema
from web.settings import Settings


def read_settings() -> Settings:
    """The settings. Ends the command with plain words when one makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"COLOPHON_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise click.ClickException("These settings make no sense:\n  " + "\n  ".join(lines)) from None


def read_secret_key(settings: Settings) -> str:
    """The key that signs cookies, made when there is none. Ends the command when it cannot be kept."""
    try:
        return settings.read_secret_key()
    except OSError as error:
        raise click.ClickException(f"The data folder cannot be used: {error}") from None


@contextmanager
def opened_database(settings: Settings, *, migrated: bool = True) -> Iterator[Database]:
    """The database, brought up to date first. Ends the command with plain words when it cannot be reached."""
    try:
        database = open_database(settings)
    except (ValueError, ArgumentError) as error:
        raise click.ClickException(f"COLOPHON_DATABASE_URL: {error}") from None
    except OSError as error:
        raise click.ClickException(f"The data folder cannot be used: {error}") from None
    try:
        if migrated:
            schema.upgrade(database)
        yield database
    except CommandError as error:
        raise click.ClickException(f"The database was made by another version of Colophon: {error}") from None
    except DatabaseError as error:
        # The other kinds, such as a violated constraint, are faults of ours and must be seen whole.
        if type(error) not in (DatabaseError, OperationalError):
            raise
        raise click.ClickException(f"The database cannot be used: {error.orig}") from None
    finally:
        database.close()


def check_replica(settings: Settings, database: Database) -> None:
    """End the command with plain words when there can be no such replica. It need not be there yet."""
    try:
        replica = open_replica(settings, database)
    except (ValueError, ArgumentError) as error:
        raise click.ClickException(f"COLOPHON_DATABASE_REPLICA_URL: {error}") from None
    if replica:
        replica.close()
