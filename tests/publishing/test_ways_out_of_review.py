"""Whatever ends a post's wait for review: nobody is asked to decide any more, and its authors are told."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH, schedule, stored
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.models.message import Message
from web.models.post import Post
from web.models.user import User

Headers = dict[str, str]
Act = Callable[[TestClient, Post, Headers], int]
ASKED = "“Heron” by Carl waits for review"


@pytest.fixture
def contributor(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("carl", role="contributor"))


@pytest.fixture
def editor(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("eve", role="editor"))


@pytest.fixture
def post(contributor: TestClient, editor: TestClient, make: Make, read: Read) -> Post:
    """A post that waits, of which the editor was told."""
    (carl,) = (user for user in read.all(User) if user.username == "carl")
    post = make.post(carl, title="Heron", published=False)
    contributor.post(f"/write/{post.id}/review")
    return post


def subjects(browser: TestClient) -> list[str]:
    return soup(browser.get("/messages")).texts(".message h2")


def press(action: str) -> Act:
    """A button somewhere, which sends no words."""
    return lambda browser, post, headers: browser.post(f"/write/{post.id}{action}", headers=headers).status_code


def press_in_editor(action: str) -> Act:
    """A button of the editor, which sends the words that stand there."""

    def act(browser: TestClient, post: Post, headers: Headers) -> int:
        form = soup(browser.get(f"/write/{post.id}")).form("#editor")
        return browser.post(f"/write/{post.id}{action}", data=form, headers=headers).status_code

    return act


def press_schedule(browser: TestClient, post: Post, headers: Headers) -> int:
    return schedule(browser, post, headers=headers).status_code


WAYS = {
    "approval": (press("/review/approval"), "was approved and published", "/posts/heron"),
    "publication": (press_in_editor("/publication"), "was approved and published", "/posts/heron"),
    "publication without words": (press("/publication"), "was approved and published", "/posts/heron"),
    "schedule": (press_schedule, "was approved and is scheduled", "/posts/heron"),
    "withdrawal": (press_in_editor("/publication/withdrawal"), "was sent back", "/write/"),
    "withdrawal without words": (press("/publication/withdrawal"), "was sent back", "/write/"),
    "deletion": (press_in_editor("/deletion"), "was deleted", "/write/"),
    "deletion without words": (press("/deletion"), "was deleted", "/write/"),
}


@BOTH
@pytest.mark.parametrize("way", WAYS)
def test_authors_are_told_and_nobody_is_asked_any_more(
    editor: TestClient, contributor: TestClient, post: Post, headers: Headers, way: str
) -> None:
    act, words, link = WAYS[way]
    assert subjects(editor) == [f"{ASKED} (unread)"]
    assert act(editor, post, headers) in (200, 303)
    assert subjects(editor) == [ASKED]
    assert subjects(contributor) == [f"“Heron” {words} (unread)"]
    target = soup(contributor.get("/messages")).link(f"“Heron” {words}")
    assert target.startswith(link)
    assert contributor.get(target).status_code == 200


@BOTH
@pytest.mark.parametrize("action", ["/submission/withdrawal", "/review/withdrawal", "/deletion"])
def test_whoever_ends_it_is_not_told(
    editor: TestClient, contributor: TestClient, post: Post, headers: Headers, action: str
) -> None:
    assert press_in_editor(action)(contributor, post, headers) in (200, 303)
    assert (subjects(editor), subjects(contributor)) == ([ASKED], [])


@BOTH
def test_what_is_restored_waits_again_and_editors_are_asked_again(
    editor: TestClient, contributor: TestClient, post: Post, read: Read, headers: Headers
) -> None:
    press("/deletion")(editor, post, headers)
    assert press("/deletion/undo")(contributor, post, headers) in (200, 303)
    assert stored(read, post).is_in_review
    assert subjects(editor) == [f"{ASKED} (unread)", ASKED]


def test_nobody_is_told_twice(editor: TestClient, post: Post, read: Read) -> None:
    for action in ("/publication", "/publication", "/publication/withdrawal", "/publication", "/deletion"):
        assert press(action)(editor, post, {}) in (200, 303)
    assert read.count(Message) == 2
