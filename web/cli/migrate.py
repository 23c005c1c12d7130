"""`colophon migrate`"""

import click

from web.cli.context import opened_database, read_settings
from web.database import schema


@click.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    with opened_database(read_settings(), migrated=False) as database:
        if schema.is_current(database):
            click.echo("The database is up to date.")
            return
        schema.upgrade(database)
        click.echo("The database has been brought up to date.")
