"""Every word whose autosaving was acknowledged is there after a kill."""

import threading

import httpx2
import pytest

from tests.durability.killing import check_integrity, write_and_kill
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.database import Database
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User
from web.settings import Settings

WRITERS = 4
AUTOSAVES_BEFORE_THE_END = 60


@pytest.fixture
def author(make: Make) -> User:
    return make.user("ada", role="author")


def words(number: int, turn: int) -> str:
    """What a writer has typed so far: each turn adds to it."""
    return f"Writer {number}:" + "".join(f" word {count}," for count in range(1, turn + 1))


def type_until_killed(url: str, number: int, acknowledged: list[str], enough: threading.Event) -> None:
    """Type on and on in an editor of one's own; remember the texts whose autosaving was acknowledged."""
    headers = {"Sec-Fetch-Site": "same-origin", **as_htmx}
    with httpx2.Client(base_url=url, headers=headers, timeout=20) as browser:
        browser.post("/sign-in", data={"login": "ada", "password": PASSWORD})
        form = soup(browser.get("/write/new", headers={"HX-Request-Type": "full"})).form("#editor")
        address = "/write"
        for turn in range(1, 10_000):
            form |= {"body": words(number, turn), "sequence": str(turn)}
            try:
                response = browser.post(f"{address}/autosave", data=form)
            except httpx2.TransportError:
                return
            assert response.status_code == 200, response.text
            address = response.headers.get("hx-replace-url", address)
            form["base"] = soup(response).attribute("[data-base]", "data-base") or ""
            acknowledged.append(form["body"])
            if len(acknowledged) >= AUTOSAVES_BEFORE_THE_END:
                enough.set()


def test_a_killed_server_has_every_autosave_that_it_acknowledged(
    settings: Settings, database: Database, author: User, read: Read
) -> None:
    acknowledged = write_and_kill(settings, type_until_killed, WRITERS)
    assert len(acknowledged) >= AUTOSAVES_BEFORE_THE_END
    for number in range(WRITERS):
        mine = [text for text in acknowledged if text.startswith(f"Writer {number}:")]
        # At most one more had been sent: it is there as a whole, or not at all.
        possible = {words(number, turn) for turn in (len(mine), len(mine) + 1)} - {words(number, 0)}
        found = {revision.body for revision in read.all(PostRevision)} & possible
        assert len(found) == 1 or not mine, (number, len(mine))
    # Each editor wrote one post with one revision, over and over.
    assert len(read.all(PostRevision)) == len(read.all(Post)) <= WRITERS
    check_integrity(database, read)
