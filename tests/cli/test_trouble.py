"""What ends a command with plain words and exit status 1, and help for all."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tests.support.factories import Make
from web.cli import main
from web.settings import Settings


def all_commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from all_commands(inner, (*path, name))


@pytest.mark.parametrize("command", list(all_commands(main)), ids=" ".join)
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    for option in ("--help", "-h"):
        result = CliRunner().invoke(main, [*command, option])
        assert result.exit_code == 0
        assert "Usage:" in result.output
        assert len(result.output.split("\n\n")) > 1, "and says what it does"


def run(**environment: str) -> Result:
    return CliRunner().invoke(main, ["user", "list"], env={f"COLOPHON_{k}": v for k, v in environment.items()})


def test_migrating_a_new_database_and_one_that_is_up_to_date(tmp_path: Path) -> None:
    environment = {"COLOPHON_DATA": str(tmp_path)}
    said = [CliRunner().invoke(main, ["migrate"], env=environment).output for _ in range(2)]
    assert said == ["The database has been brought up to date.\n", "The database is up to date.\n"]


def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    result = run(DATA=str(tmp_path), DATABASE_SLOTS="many", BASE_URL="example.org")
    assert result.exit_code == 1
    assert "COLOPHON_DATABASE_SLOTS" in result.output
    assert "COLOPHON_BASE_URL" in result.output


@pytest.mark.parametrize("url", ["mongodb://x/y", "nonsense", "sqlite://"])
def test_a_database_that_nobody_knows(tmp_path: Path, url: str) -> None:
    result = run(DATA=str(tmp_path), DATABASE_URL=url)
    assert result.exit_code == 1
    assert "COLOPHON_DATABASE_URL" in result.output


def test_a_database_that_cannot_be_reached(tmp_path: Path) -> None:
    result = run(DATA=str(tmp_path), DATABASE_URL="postgresql://127.0.0.1:1/x")
    assert result.exit_code == 1
    assert "The database cannot be used" in result.output


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "colophon.sqlite3").write_bytes(b"this is a letter to my aunt" * 100)
    result = run(DATA=str(tmp_path))
    assert result.exit_code == 1
    assert "not a database" in result.output


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    result = run(DATA=str(tmp_path / "data"))
    assert result.exit_code == 1
    assert "The data folder cannot be used" in result.output


def test_a_database_of_a_newer_version(settings: Settings, make: Make) -> None:
    database = make.database
    with database.session() as session:
        present = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        result = run(DATA=str(settings.data), DATABASE_URL=settings.database_url)
    finally:
        with database.session() as session:
            session.execute(text(f"UPDATE alembic_version SET version_num = '{present}'"))
    assert result.exit_code == 1
    assert "another version of Colophon" in result.output
