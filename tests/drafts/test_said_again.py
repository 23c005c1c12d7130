"""What is said of a request that comes twice is true of what readers get."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.publishing.conftest import schedule
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.models.post import Post
from web.models.user import User

BODY = "One.\n\nTwo.\n\nThree."
MINE = BODY.replace("One", "One, mine")
THEIRS = BODY.replace("Three", "Three, theirs")
PUBLISHED = ("Changes published.", "Published.")


@pytest.fixture
def editor(make: Make, sign_in: SignIn) -> TestClient:
    """The browser of somebody else who may change every post."""
    return sign_in(make.user("ed", role="editor"))


def press(mine: Editor, action: str) -> str:
    """Send the form as it stands, and read what was said."""
    answer = mine.send(action, body=MINE)
    assert answer.status_code == 303
    return soup(mine.browser.get(answer.headers["location"])).text(".flashes")


def taken_back(address: str, other: TestClient) -> None:
    """Somebody publishes a change, and takes it back."""
    Editor(other, address).save(body=THEIRS)
    Editor(other, address).save(body=BODY)


def half_of_it(address: str, other: TestClient) -> None:
    """Somebody publishes a change elsewhere in the text."""
    Editor(other, address).save(body=THEIRS)


def unmerged(address: str, other: TestClient) -> None:
    """Somebody takes away what was merged, and publishes nothing."""
    Editor(other, address).send("/autosave", body=MINE, sequence="2")


@pytest.mark.parametrize("action", ["", "/publication"])
@pytest.mark.parametrize("steps", [(taken_back, None), (half_of_it, None), (half_of_it, unmerged)])
def test_published_is_said_of_what_readers_get(
    browser: TestClient,
    editor: TestClient,
    make: Make,
    ada: User,
    read: Read,
    action: str,
    steps: tuple[Callable[[str, TestClient], None], Callable[[str, TestClient], None] | None],
) -> None:
    post = make.post(ada, title="Shared", body=BODY)
    mine, (before, between) = Editor(browser, f"/write/{post.id}"), steps
    before(mine.address, editor)
    for number in range(2):
        said = press(mine, action)
        assert (said in PUBLISHED) == (read.all(Post)[0].body == MINE), (number, said)
        if number == 0 and between is not None:
            between(mine.address, editor)


@pytest.mark.parametrize("times", [1, 2])
def test_nothing_old_goes_public_with_a_scheduled_draft(
    browser: TestClient, client: TestClient, make: Make, ada: User, times: int
) -> None:
    post = make.post(ada, title="Shared", published=False)
    Editor(browser, f"/write/{post.id}").save(body=BODY)
    mine = Editor(browser, f"/write/{post.id}")
    assert schedule(browser, post).status_code == 303
    browser.get("/write")
    said = [press(mine, "/publication") for _ in range(times)][-1]
    shown = client.get(f"/posts/{post.slug}")
    assert (shown.status_code == 200) == ("One, mine" in shown.text) == (said in PUBLISHED), said


def test_what_was_published_is_said_once_more(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    post = make.post(ada, title="Shared", body=BODY)
    mine = Editor(browser, f"/write/{post.id}")
    assert [press(mine, "/publication") for _ in range(2)] == ["Changes published."] * 2
    assert read.all(Post)[0].body == MINE
