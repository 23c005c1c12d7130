"""An author with her browser, and ways to look at what became of her posts."""

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.user import User

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])


@pytest.fixture
def ada(make: Make) -> User:
    """An author."""
    return make.user("ada", role="author")


@pytest.fixture
def browser(ada: User, sign_in: SignIn) -> TestClient:
    """Her browser."""
    return sign_in(ada)


def stored(read: Read, post: Post) -> Post:
    """What is really stored of a post."""
    found = read(Post, post.id)
    assert found is not None
    return found


def schedule(
    browser: TestClient,
    post: Post,
    moment: str = "2026-11-23T09:00",
    headers: dict[str, str] | None = None,
    **more: str,
) -> httpx2.Response:
    """Press the button "Schedule"."""
    return browser.post(f"/write/{post.id}/schedule", data={"moment": moment, **more}, headers=headers or {})
