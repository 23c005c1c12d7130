"""`colophon user …`"""

import secrets
import sys
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from web.accounts import actions, queries, rules
from web.accounts.actions import NewAccount, TakenError
from web.accounts.passwords import Passwords
from web.cli.context import opened_database, read_settings
from web.models.user import Role, User
from web.settings import Settings

GENERATED_BYTES = 15
ROLES = [role.value for role in Role]
TAKEN = {"username": "Somebody is called {0} already.", "email": "There is an account with the address {1} already."}

password_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input."
)


@click.group()
def user() -> None:
    """Make and list accounts, and set passwords anew."""


@user.command()
@click.argument("name")
@click.option("--email", required=True, help="Email address; readers never see it.")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What they may.")
@password_stdin
def create(name: str, email: str, role: str, password_stdin: bool) -> None:
    """Make an account called NAME.

    The password is asked for. Without a terminal and without --password-stdin a random one is made
    and printed, once.
    """
    name, email = name.strip(), email.strip()
    _check(rules.username_problem(name) or rules.email_problem(email))
    settings = read_settings()
    password, is_generated = _password(is_piped=password_stdin)
    account = NewAccount(name, email, _hasher(settings).hash(password))
    try:
        with opened_database(settings) as database, database.session() as session:
            actions.create_account(session, account, Role(role), datetime.now(UTC))
    except TakenError as error:
        words = [TAKEN[field].format(name.lower(), email.lower()) for field in sorted(error.fields)]
        raise click.ClickException(" ".join(words)) from None
    click.echo(f"{name} is now {role} of this blog.")
    _show_generated(password, is_generated)


@user.command("list")
def list_() -> None:
    """List everybody with name, role, email address and state."""
    with opened_database(read_settings()) as database, database.session(read_only=True) as session:
        people = queries.find_people(session)
    if not people:
        click.echo("There is nobody yet.")
    width = max((len(person.username) for person in people), default=0)
    for person in people:
        state = "" if person.is_active else "  (cannot sign in)"
        click.echo(f"{person.username:<{width}}  {person.role_lookup_code:<11}  {person.email or '-'}{state}")


@user.command("reset-password")
@click.argument("name")
@password_stdin
def reset_password(name: str, password_stdin: bool) -> None:
    """Give NAME a new password and end all their sessions. NAME is a username or an email address.

    Without a terminal and without --password-stdin a random password is made and printed, once.
    """
    settings = read_settings()
    with opened_database(settings) as database:
        with database.session(read_only=True) as session:
            _find(session, name)
        password, is_generated = _password(is_piped=password_stdin)
        password_hash = _hasher(settings).hash(password)
        with database.session() as session:
            person = _find(session, name)
            actions.change_password(session, person, password_hash)
            actions.clear_failures(session, person)
            username, is_active = person.username, person.is_active
    click.echo(f"{username} has a new password and has been signed out everywhere.")
    if not is_active:
        click.echo("This account is not active: signing in is not possible with it.")
    _show_generated(password, is_generated)


def _find(session: Session, name: str) -> User:
    person = queries.find_by_login(session, name)
    if person is None:
        raise click.ClickException(f"Nobody is called {name}.")
    return person


def _password(*, is_piped: bool) -> tuple[str, bool]:
    """The password, and whether it was made up here."""
    if is_piped:
        try:
            password = sys.stdin.buffer.readline().decode().rstrip("\r\n")
        except UnicodeDecodeError:
            raise click.ClickException("The password on standard input is not UTF-8.") from None
    elif sys.stdin.isatty():
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again"))
    else:
        return secrets.token_urlsafe(GENERATED_BYTES), True
    _check(rules.password_problem(password))
    return password, False


def _show_generated(password: str, is_generated: bool) -> None:
    if is_generated:
        click.echo(f"Password (shown only now): {password}")


def _hasher(settings: Settings) -> Passwords:
    return Passwords(settings.password_memory_kib, settings.password_rounds)


def _check(problem: str | None) -> None:
    if problem:
        raise click.ClickException(problem)
