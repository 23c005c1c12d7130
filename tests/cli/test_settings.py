"""`colophon setting`, as it is typed."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from tests.support.factories import Make
from tests.support.reading import Read
from web.cli import main
from web.models.setting import Setting
from web.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    environment = {"COLOPHON_DATA": str(settings.data), "COLOPHON_DATABASE_URL": settings.database_url}
    return lambda *arguments: CliRunner().invoke(main, arguments, env=environment)


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
