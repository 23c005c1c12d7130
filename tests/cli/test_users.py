"""`colophon user` and `colophon setting`, as they are typed."""

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
from web.models.setting import Setting
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


def test_settings_are_listed_and_read(run: Run, make: Make) -> None:
    make.setting("title", "Notes on Engines")
    lines = run("setting", "list").output.splitlines()
    assert [line.split()[0] for line in lines] == ["title", "description", "language", "zone", "sign_up", "guests"]
    assert lines[0] == "title        Notes on Engines"
    assert run("setting", "get", "title").output == "Notes on Engines\n"
    assert run("setting", "get", "zone").output == "UTC\n"


def test_a_setting_is_stored(run: Run, read: Read) -> None:
    result = run("setting", "set", "zone", " Europe/Berlin ")
    assert (result.exit_code, result.output) == (0, "zone is now Europe/Berlin\n")
    assert read(Setting, "zone").value == "Europe/Berlin"
    result = run("setting", "set", "zone", "Europe/Berlin")
    assert (result.exit_code, result.output) == (0, "zone was Europe/Berlin already.\n")


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("set", "zone", "Nowhere"), 1),
        (("set", "title", " "), 1),
        (("set", "sign_up", "maybe"), 1),
        (("set", "theme", "dark"), 2),
        (("set", "title"), 2),
        (("get", "theme"), 2),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    run: Run, read: Read, arguments: tuple[str, ...], exit_code: int
) -> None:
    assert run("setting", *arguments).exit_code == exit_code
    assert read.count(Setting) == 0


@pytest.mark.parametrize(
    "command",
    [(), ("user",), ("user", "create"), ("user", "list"), ("user", "reset-password"), ("setting",), ("setting", "set"),
     ("setting", "get"), ("setting", "list"), ("serve",), ("migrate",)],
)  # fmt: skip
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    for option in ("--help", "-h"):
        result = CliRunner().invoke(main, [*command, option])
        assert result.exit_code == 0
        assert "Usage:" in result.output


class TestTrouble:
    """What ends a command with plain words and exit status 1."""

    def run(self, **environment: str) -> Result:
        return CliRunner().invoke(main, ["user", "list"], env={f"COLOPHON_{k}": v for k, v in environment.items()})

    def test_a_setting_that_makes_no_sense_is_named(self, tmp_path: Path) -> None:
        result = self.run(DATA=str(tmp_path), DATABASE_SLOTS="many", BASE_URL="example.org")
        assert result.exit_code == 1
        assert "COLOPHON_DATABASE_SLOTS" in result.output
        assert "COLOPHON_BASE_URL" in result.output

    @pytest.mark.parametrize("url", ["mongodb://x/y", "nonsense", "sqlite://"])
    def test_a_database_that_nobody_knows(self, tmp_path: Path, url: str) -> None:
        result = self.run(DATA=str(tmp_path), DATABASE_URL=url)
        assert result.exit_code == 1
        assert "COLOPHON_DATABASE_URL" in result.output

    def test_a_database_that_cannot_be_reached(self, tmp_path: Path) -> None:
        result = self.run(DATA=str(tmp_path), DATABASE_URL="postgresql://127.0.0.1:1/x")
        assert result.exit_code == 1
        assert "The database cannot be used" in result.output

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "colophon.sqlite3").write_bytes(b"this is a letter to my aunt" * 100)
        result = self.run(DATA=str(tmp_path))
        assert result.exit_code == 1
        assert "not a database" in result.output

    def test_a_data_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file")
        result = self.run(DATA=str(tmp_path / "data"))
        assert result.exit_code == 1
        assert "The data folder cannot be used" in result.output

    def test_a_database_of_a_newer_version(self, settings: Settings, make: Make) -> None:
        from sqlalchemy import text

        database = make.database
        with database.session() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        try:
            result = self.run(DATA=str(settings.data), DATABASE_URL=settings.database_url)
        finally:
            with database.session() as session:
                session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        assert result.exit_code == 1
        assert "another version of Colophon" in result.output
