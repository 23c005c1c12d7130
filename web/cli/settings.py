"""`colophon setting …`"""

import click

from web.blog.actions import change_settings
from web.blog.queries import load_blog
from web.blog.rules import RULES, setting_problem
from web.cli.context import opened_database, read_settings

name_argument = click.argument("name", type=click.Choice(list(RULES)))


@click.group()
def setting() -> None:
    """Show and change what the owner decides about the blog."""


@setting.command("list")
def list_() -> None:
    """List all settings with their values."""
    with opened_database(read_settings()) as database, database.session(read_only=True) as session:
        blog = load_blog(session)
    for name in RULES:
        click.echo(f"{name:<12} {getattr(blog, name)}")


@setting.command("get")
@name_argument
def get(name: str) -> None:
    """Print the value of the setting NAME."""
    with opened_database(read_settings()) as database, database.session(read_only=True) as session:
        click.echo(getattr(load_blog(session), name))


@setting.command("set")
@name_argument
@click.argument("value")
def set_(name: str, value: str) -> None:
    """Give the setting NAME the value VALUE."""
    problem = setting_problem(name, value.strip())
    if problem:
        raise click.ClickException(problem)
    with opened_database(read_settings()) as database, database.session() as session:
        changed = change_settings(session, load_blog(session), {name: value.strip()})
    click.echo(f"{name} is now {value.strip()}" if changed else f"{name} was {value.strip()} already.")
