"""A press of Publish that comes once more after the post was withdrawn or deleted publishes nothing."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.publishing.conftest import schedule
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
AGAIN = "Not published again"
Event = Callable[[TestClient, Post], None]


def withdraw_in_the_editor(browser: TestClient, post: Post) -> None:
    assert Editor(browser, f"/write/{post.id}").send("/publication/withdrawal").status_code == 303


def withdraw_and_schedule(browser: TestClient, post: Post) -> None:
    withdraw_in_the_editor(browser, post)
    schedule(browser, post)


def withdraw_by_a_bare_press(browser: TestClient, post: Post) -> None:
    assert browser.post(f"/write/{post.id}/publication/withdrawal").status_code == 303


def delete(browser: TestClient, post: Post) -> None:
    assert browser.post(f"/write/{post.id}/deletion").status_code == 303


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Shared", body="One.", published=False)


@BOTH
@pytest.mark.parametrize(
    "event",
    [withdraw_in_the_editor, withdraw_and_schedule, withdraw_by_a_bare_press, delete],
    ids=lambda it: it.__name__,
)
@pytest.mark.parametrize("who", ["herself", "an editor"])
def test_a_late_press_publishes_nothing(
    browser: TestClient,
    client: TestClient,
    make: Make,
    sign_in: SignIn,
    post: Post,
    read: Read,
    event: Event,
    who: str,
    headers: dict[str, str],
) -> None:
    mine = Editor(browser, f"/write/{post.id}", headers)
    assert mine.send("/publication", body="Two.").status_code < 400
    assert client.get("/posts/shared").status_code == 200
    event(browser if who == "herself" else sign_in(make.user("ed", role="editor")), post)
    (before,), history = read.all(Post), len(read.all(PostRevision))
    answer = mine.send("/publication", body="Two.")
    assert answer.status_code in (200, 303)
    shown = answer if headers else browser.get(answer.headers["location"])
    assert AGAIN in shown.text
    (after,) = read.all(Post)
    assert client.get("/posts/shared").status_code == 404
    assert (after.post_status_lookup_code, after.deleted_at, after.body) == (
        before.post_status_lookup_code,
        before.deleted_at,
        "Two.",
    )
    assert len(read.all(PostRevision)) == history


@BOTH
def test_whoever_presses_again_on_purpose_publishes(
    browser: TestClient, client: TestClient, post: Post, headers: dict[str, str]
) -> None:
    """A new editor, and one that goes on after it was told that nothing was published."""
    mine = Editor(browser, f"/write/{post.id}", headers)
    for _ in range(3):
        mine.send("/publication", body="Two.")
        withdraw_in_the_editor(browser, post)
        late = mine.send("/publication", body="Two.")
        assert client.get("/posts/shared").status_code == 404
        mine.form = soup(late if headers else browser.get(late.headers["location"])).form("#editor")
        answer = mine.send("/publication")
        assert AGAIN not in (answer if headers else browser.get(answer.headers["location"])).text
        assert client.get("/posts/shared").status_code == 200
        withdraw_in_the_editor(browser, post)
        mine = Editor(browser, f"/write/{post.id}", headers)


@BOTH
def test_a_late_press_in_a_new_editor_publishes_nothing(
    browser: TestClient, client: TestClient, read: Read, headers: dict[str, str]
) -> None:
    mine = Editor(browser, "/write/new", headers)
    mine.address = "/write"
    for _ in range(2):
        assert mine.send(title="New", body="Words.", publish="1").status_code < 400
        assert client.get("/posts/new").status_code == 200
    withdraw_in_the_editor(browser, read.all(Post)[0])
    answer = mine.send(title="New", body="Words.", publish="1")
    assert AGAIN in (answer if headers else browser.get(answer.headers["location"])).text
    assert client.get("/posts/new").status_code == 404
    assert len(read.all(Post)) == 1


@BOTH
@pytest.mark.parametrize("sequence", ["1", "5"], ids=["without scripts", "with scripts"])
def test_a_late_press_that_had_nothing_new_publishes_nothing(
    browser: TestClient, client: TestClient, post: Post, headers: dict[str, str], sequence: str
) -> None:
    """Two had the draft open: the second press of Publish changed nothing, so no revision tells of it."""
    mine = Editor(browser, f"/write/{post.id}", headers)
    mine.form["sequence"] = sequence
    assert Editor(browser, f"/write/{post.id}").send("/publication").status_code == 303
    assert mine.send("/publication").status_code < 400
    withdraw_in_the_editor(browser, post)
    late = mine.send("/publication")
    shown = late if headers else browser.get(late.headers["location"])
    assert AGAIN in shown.text
    assert client.get("/posts/shared").status_code == 404
    mine.form = soup(shown).form("#editor")
    mine.send("/publication")
    assert client.get("/posts/shared").status_code == 200


@BOTH
def test_a_doubled_press_that_meets_a_slower_clock_says_nothing_of_withdrawing(
    browser: TestClient, client: TestClient, clock: Clock, post: Post, headers: dict[str, str]
) -> None:
    """Two processes answered it, and the second one began a moment before the first."""
    mine = Editor(browser, f"/write/{post.id}", headers)
    mine.send("/publication", body="Two.")
    clock.advance(milliseconds=-20)
    answer = mine.send("/publication", body="Two.")
    assert AGAIN not in (answer if headers else browser.get(answer.headers["location"])).text
    assert client.get("/posts/shared").status_code == 200


@BOTH
def test_changes_of_what_was_withdrawn_are_saved_and_that_is_said(
    browser: TestClient, client: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    Editor(browser, f"/write/{post.id}").send("/publication")
    mine = Editor(browser, f"/write/{post.id}", headers)
    assert soup(browser.get(mine.address)).attribute("#editor-changes", "name") == "changes"
    withdraw_in_the_editor(browser, post)
    answer = mine.send(body="Two.", changes="1")
    shown = answer if headers else browser.get(answer.headers["location"])
    assert "Saved, not published: the post was withdrawn meanwhile" in shown.text
    assert client.get("/posts/shared").status_code == 404
    assert read.all(Post)[0].body == "Two."
