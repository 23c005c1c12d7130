"""What was acknowledged is stored, also when the process is killed in the middle of writing."""

import threading

import httpx2
import pytest

from tests.durability.killing import check_integrity, write_and_kill
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from tests.support.server import Server
from web.database import Database
from web.models.post import Post
from web.models.user import User
from web.settings import Settings

WRITERS = 4
WRITES_BEFORE_THE_END = 25


@pytest.fixture
def author(make: Make) -> User:
    return make.user("ada", role="author")


def write_until_killed(url: str, number: int, acknowledged: list[str], enough: threading.Event) -> None:
    """Store one draft after the other; remember the titles whose storing was acknowledged."""
    with httpx2.Client(base_url=url, headers={"Sec-Fetch-Site": "same-origin"}, timeout=20) as browser:
        browser.post("/sign-in", data={"login": "ada", "password": PASSWORD})
        for turn in range(10_000):
            title = f"Writer {number}, turn {turn}"
            try:
                response = browser.post("/write", data={"title": title, "body": "x" * 5000, "tags": f"tag {turn}"})
            except httpx2.TransportError:
                return
            assert response.status_code == 303
            acknowledged.append(title)
            if len(acknowledged) >= WRITES_BEFORE_THE_END:
                enough.set()


def test_a_killed_server_has_stored_what_it_acknowledged(
    settings: Settings, database: Database, author: User, read: Read
) -> None:
    acknowledged = write_and_kill(settings, write_until_killed, WRITERS)
    posts = read.all(Post)
    assert set(acknowledged) <= {post.title for post in posts}
    check_integrity(database, read)
    with Server(settings) as again:
        slug = next(post.slug for post in posts if post.title == acknowledged[-1])
        assert httpx2.get(f"{again.url}/posts/{slug}").status_code == 404
        assert httpx2.get(again.url).status_code == 200
