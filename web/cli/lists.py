"""`colophon lists …`"""

import click

from web.cli.context import opened_database, read_settings
from web.listing import actions


@click.group()
def lists() -> None:
    """Look after what lists of posts are found by."""


@lists.command()
def rebuild() -> None:
    """Note anew with authors and tags which posts stand in lists. Whoever writes waits meanwhile."""
    with opened_database(read_settings()) as database, database.session() as session:
        actions.rebuild(session)


@lists.command()
def check() -> None:
    """Compare what lists are found by with the posts. Ends with status 1 where they differ."""
    with opened_database(read_settings()) as database, database.session() as session:
        faults = actions.find_faults(session)
    for name, count in faults.items():
        click.echo(f"{name}: {count} out of step")
    if faults:
        raise click.ClickException("Lists may miss something. “colophon lists rebuild” mends it.")
    click.echo("Lists show everything that is stored.")
