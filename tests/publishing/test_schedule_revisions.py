"""What the history of a post says of its being scheduled."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.publishing.conftest import schedule
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

TIMES = ("2026-11-23T09:00", "2026-11-24T09:00", "2026-11-25T09:00")


@pytest.fixture
def post(browser: TestClient, make: Make, ada: User) -> Post:
    post = make.post(ada, title="Shared", published=False)
    Editor(browser, f"/write/{post.id}").save(body="One.", tags="a")
    return post


def history(browser: TestClient, post: Post) -> list[str]:
    return soup(browser.get(f"/write/{post.id}/history")).texts(".row-list .badge")


def set_time(browser: TestClient, post: Post, moment: str) -> None:
    form = soup(browser.get(f"/write/{post.id}/settings")).form("#schedule form:first-of-type")
    assert browser.post(f"/write/{post.id}/schedule", data=form | {"moment": moment}).status_code == 303


def test_it_is_called_scheduled_once_however_often_the_time_changes(browser: TestClient, post: Post) -> None:
    before = history(browser, post)
    for moment in TIMES:
        set_time(browser, post, moment)
        assert history(browser, post) == ["Scheduled", *before]


def test_another_time_keeps_the_words_that_were_saved_since(browser: TestClient, post: Post, read: Read) -> None:
    set_time(browser, post, TIMES[0])
    Editor(browser, f"/write/{post.id}").save(body="Two.")
    set_time(browser, post, TIMES[1])
    assert history(browser, post)[:2] == ["Saved", "Scheduled"]
    Editor(browser, f"/write/{post.id}", as_htmx).send("/autosave", body="Three.", sequence="2")
    set_time(browser, post, TIMES[2])
    assert history(browser, post)[:3] == ["Saved", "Saved", "Scheduled"]
    assert [row.is_pending for row in read.all(PostRevision)][-1:] == [False]
    assert read.all(Post)[0].body == "Three."


def test_publishing_it_before_its_time_is_called_published(browser: TestClient, post: Post) -> None:
    assert schedule(browser, post).status_code == 303
    assert browser.post(f"/write/{post.id}/publication").status_code == 303
    assert history(browser, post)[:2] == ["Published", "Scheduled"]


def test_scheduling_it_anew_after_taking_it_back_is_told(browser: TestClient, post: Post) -> None:
    for _ in range(2):
        set_time(browser, post, TIMES[0])
        assert browser.post(f"/write/{post.id}/schedule/cancellation").status_code == 303
    assert history(browser, post)[:2] == ["Scheduled", "Scheduled"]


def test_an_approval_is_called_published(make: Make, sign_in: SignIn) -> None:
    editor = sign_in(make.user(role="editor"))
    sign_in(make.user(role="contributor")).post("/write", data={"title": "T", "body": "B", "submit": "1"})
    assert editor.post("/write/1/review/approval").status_code == 303
    assert soup(editor.get("/write/1/history")).texts(".row-list .badge") == ["Published", "Saved"]
