"""Who writes in these tests."""

import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from web.models.user import User


@pytest.fixture
def ada(make: Make) -> User:
    """An author."""
    return make.user("ada", role="author")


@pytest.fixture
def browser(ada: User, sign_in: SignIn) -> TestClient:
    """Her browser."""
    return sign_in(ada)
