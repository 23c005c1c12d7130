"""`colophon user`, as it is typed."""

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.clients import Clients, SignIn
from tests.support.factories import Make
from tests.support.passwords import LOW_COST, PASSWORD
from tests.support.reading import Read
from web.accounts.passwords import Passwords
from web.cli import main
from web.database import Database
from web.models.login_session import LoginSession, SignInFailure
from web.models.user import User
from web.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "COLOPHON_DATA": str(settings.data),
        "COLOPHON_DATABASE_URL": settings.database_url,
        "COLOPHON_PASSWORD_MEMORY_KIB": "8",
        "COLOPHON_PASSWORD_ROUNDS": "1",
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    def run(*arguments: str, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(main, arguments, env=environment, input=stdin)

    return run


def can_sign_in(clients: Clients, login: str, password: str) -> bool:
    return clients.open().post("/sign-in", data={"login": login, "password": password}).status_code == 303


def test_an_account_is_made_with_the_password_from_standard_input(run: Run, read: Read, clients: Clients) -> None:
    arguments = ("Ada", "--email", "Ada@Example.org", "--role", "owner", "--password-stdin")
    result = run("user", "create", *arguments, stdin=f"{PASSWORD}\nanother line\n")
    assert (result.exit_code, result.output) == (0, "Ada is now owner of this blog.\n")
    [ada] = read.all(User)
    assert (ada.username, ada.display_name, ada.email) == ("ada", "Ada", "ada@example.org")
    assert (ada.role_lookup_code, ada.is_active) == ("owner", True)
    assert can_sign_in(clients, "ada", PASSWORD)


def test_without_a_terminal_a_password_is_made_and_shown_once(run: Run, clients: Clients) -> None:
    result = run("user", "create", "ada", "--email", "ada@example.org")
    assert result.exit_code == 0
    found = re.search(r"^Password \(shown only now\): (\S{20})$", result.output, re.MULTILINE)
    assert found
    assert can_sign_in(clients, "ada", found[1])
    assert found[1] not in run("user", "list").output


def test_the_role_is_reader_unless_it_is_said(run: Run, read: Read) -> None:
    run("user", "create", "ada", "--email", "ada@example.org")
    assert read.all(User)[0].role_lookup_code == "reader"


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("a", "--email", "ada@example.org"), PASSWORD, "2 to 50 characters"),
        (("a da", "--email", "ada@example.org"), PASSWORD, "only the letters"),
        (("ada", "--email", "nowhere"), PASSWORD, "name@example.org"),
        (("ada", "--email", "ada@example.org"), "short", "at least 12"),
        (("ada", "--email", "ada@example.org"), "", "at least 12"),
        (("ada", "--email", "ada@example.org"), b"\xff" * 20, "not UTF-8"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, read: Read, arguments: tuple[str, ...], stdin: str | bytes, words: str
) -> None:
    result = run("user", "create", *arguments, "--password-stdin", stdin=stdin)
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output
    assert read.count(User) == 0


def test_a_password_can_never_be_an_argument(run: Run) -> None:
    assert "--password " not in run("user", "create", "--help").output
    assert run("user", "create", "ada", "--email", "a@b.org", "--password", PASSWORD).exit_code == 2


@pytest.mark.parametrize(
    ("name", "email", "words"),
    [
        ("ADA", "other@example.org", "Somebody is called ada already."),
        ("bob", "ADA@example.org", "There is an account with the address ada@example.org already."),
    ],
)
def test_a_taken_name_or_address_is_refused(run: Run, make: Make, name: str, email: str, words: str) -> None:
    make.user("ada")
    result = run("user", "create", name, "--email", email)
    assert result.exit_code == 1
    assert words in result.output
    assert "Password" not in result.output


def test_unknown_roles_and_missing_arguments_are_refused(run: Run) -> None:
    assert run("user", "create", "ada", "--email", "a@b.org", "--role", "emperor").exit_code == 2
    assert run("user", "create", "ada").exit_code == 2
    assert run("user", "create", "--email", "a@b.org").exit_code == 2


def test_everybody_is_listed(run: Run, make: Make) -> None:
    assert run("user", "list").output == "There is nobody yet.\n"
    make.user("ada", role="owner")
    make.user("bartholomew", role="author", is_active=False, email=None)
    assert run("user", "list").output.splitlines() == [
        "ada          owner        ada@example.org",
        "bartholomew  author       -  (cannot sign in)",
    ]


@pytest.mark.parametrize("login", ["ada", "Ada", "ada@example.org"])
def test_a_new_password_ends_all_sessions_and_forgets_failures(
    run: Run, make: Make, sign_in: SignIn, clients: Clients, read: Read, login: str
) -> None:
    browser = sign_in(make.user("ada"))
    of_bob = sign_in(make.user("bob"))
    assert not can_sign_in(clients, "ada", "wrong")
    result = run("user", "reset-password", login, "--password-stdin", stdin="a staple for the horse\n")
    assert result.exit_code == 0
    assert "signed out everywhere" in result.output
    assert browser.get("/account").status_code == 303
    assert of_bob.get("/account").status_code == 200
    assert read.count(LoginSession) == 1
    assert read.count(SignInFailure) == 0
    assert not can_sign_in(clients, "ada", PASSWORD)
    assert can_sign_in(clients, "ada", "a staple for the horse")


def test_a_reset_without_a_terminal_makes_a_password(run: Run, make: Make, clients: Clients) -> None:
    make.user("ada")
    found = re.search(r"shown only now\): (\S+)", run("user", "reset-password", "ada").output)
    assert found
    assert can_sign_in(clients, "ada", found[1])


def test_an_account_that_is_not_active_is_pointed_out(run: Run, make: Make) -> None:
    make.user("ada", is_active=False)
    result = run("user", "reset-password", "ada")
    assert result.exit_code == 0
    assert "not active" in result.output


def test_a_reset_for_nobody_or_with_a_bad_password_is_refused(run: Run, make: Make, read: Read) -> None:
    result = run("user", "reset-password", "ada")
    assert (result.exit_code, result.output) == (1, "Error: Nobody is called ada.\n")
    ada = make.user("ada")
    assert run("user", "reset-password", "ada", "--password-stdin", stdin="short").exit_code == 1
    assert read(User, ada.id).password_hash == ada.password_hash


def test_on_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    environment = {"COLOPHON_DATA": str(tmp_path), "COLOPHON_DATABASE_URL": "", "COLOPHON_PASSWORD_MEMORY_KIB": "8"}
    outside, inside = pty.openpty()
    arguments = ["user", "create", "ada", "--email", "ada@example.org"]
    process = subprocess.Popen(
        [sys.executable, "-m", "web", *arguments],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=os.environ | environment,
    )
    os.close(inside)
    try:
        shown = _answer(outside, "Password: ", PASSWORD) + _answer(outside, "The same again: ", PASSWORD)
        shown += _read_until(outside, "of this blog.")
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(outside)
    assert PASSWORD not in shown
    database = Database(f"sqlite:///{tmp_path / 'colophon.sqlite3'}")
    stored = Read(database).all(User)[0].password_hash
    database.close()
    assert Passwords(**LOW_COST).verify(PASSWORD, stored)[0]


def _answer(terminal: int, question: str, answer: str) -> str:
    shown = _read_until(terminal, question)
    os.write(terminal, f"{answer}\n".encode())
    return shown


def _read_until(terminal: int, words: str) -> str:
    shown = ""
    while words not in shown:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, f"nothing but {shown!r}"
        shown += os.read(terminal, 1024).decode()
    return shown
