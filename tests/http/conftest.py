"""What the tests of the HTTP layer share."""

from collections.abc import Iterator

import pytest

from tests.http.lab import Lab
from web.database import Database


@pytest.fixture
def lab(database: Database) -> Iterator[Lab]:
    """Small applications on the real middleware; whoever leaks a slot or a connection fails."""
    found = Lab(database)
    yield found
    found.check_all_free()
