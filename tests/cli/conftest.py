"""What the tests of commands that serve share."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.serving import CHEAP, Serve, served
from web.settings import Settings


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "COLOPHON_DATA": str(settings.data),
        "COLOPHON_DATABASE_URL": settings.database_url,
        **CHEAP,
    }


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """A blog that does not exist yet."""
    return {"COLOPHON_DATA": str(tmp_path / "new"), "COLOPHON_DATABASE_URL": ""}


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda *arguments: stack.enter_context(served(*arguments))
