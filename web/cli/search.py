"""`colophon search …`"""

import click

from web.cli.context import opened_database, read_settings
from web.database import Database
from web.search.upkeep.actions import find_faults
from web.search.upkeep.actions import rebuild as rebuild_everything
from web.search.upkeep.queries import count_everything, is_unfilled


@click.group()
def search() -> None:
    """Look after what searches look through."""


@search.command()
def rebuild() -> None:
    """Read everything anew for searches. The blog may go on serving meanwhile."""
    with opened_database(read_settings()) as database:
        show_rebuilding(database)


@search.command()
def check() -> None:
    """Compare what searches know with what is stored. Ends with status 1 where they differ."""
    with opened_database(read_settings()) as database, database.session() as session:
        faults = find_faults(session)
    for name, count in faults.items():
        click.echo(f"{name}: {count} out of step")
    if faults:
        raise click.ClickException("Searches may miss something. “colophon search rebuild” mends it.")
    click.echo("Searches know everything that is stored.")


def fill_when_needed(database: Database) -> None:
    """Read everything for searches where that has not been done yet."""
    with database.session(read_only=True) as session:
        is_needed = is_unfilled(session)
    if is_needed:
        show_rebuilding(database)


def show_rebuilding(database: Database) -> None:
    """Rebuild with a bar that shows how far it is."""
    with database.session(read_only=True) as session:
        total = count_everything(session)
    with click.progressbar(length=total, label="Preparing search") as bar:
        for count in rebuild_everything(database):
            bar.update(count)
