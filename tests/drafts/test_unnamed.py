"""Requests that name no revision, as programs send them: they speak of a post as it is, and take no words away."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

TYPED = "One. And words that were acknowledged."
SENT = {"title": "Sent", "body": "By a program."}


@pytest.fixture(params=[False, True], ids=["draft", "published"])
def post(request: pytest.FixtureRequest, make: Make, ada: User) -> Post:
    return make.post(ada, title="Shared", body="One.", published=request.param)


@pytest.fixture
def typing(browser: TestClient, post: Post) -> Editor:
    """An editor whose words the blog has acknowledged."""
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    editor.send("/autosave", body=TYPED, sequence="2")
    return editor


@pytest.mark.parametrize("action", ["", "/publication", "/publication/withdrawal", "/autosave"])
@pytest.mark.parametrize("who", ["herself", "an editor"])
def test_acknowledged_words_stay_in_the_history(
    typing: Editor, browser: TestClient, sign_in: SignIn, make: Make, clock: Clock, action: str, who: str
) -> None:
    program = browser if who == "herself" else sign_in(make.user(role="editor"))
    assert program.post(typing.address + action, data=SENT).status_code in (200, 303)
    clock.advance(days=8)
    again = sign_in(make.user(role="editor"))
    Editor(again, typing.address).save(body="Something else.")
    links = soup(again.get(f"{typing.address}/history")).attributes(".row-list li > div > a", "href")
    assert any("words that were acknowledged" in again.get(link).text for link in links)


def test_their_writer_goes_on_beside_what_was_sent(typing: Editor, browser: TestClient, read: Read) -> None:
    browser.post(typing.address, data=SENT)
    typing.send("/autosave", body=TYPED + " And more.", sequence="3")
    texts = [row.body for row in read.all(PostRevision)]
    assert [text in texts for text in (TYPED, TYPED + " And more.", SENT["body"])] == [True] * 3


def test_the_same_words_are_named_once(typing: Editor, browser: TestClient, read: Read) -> None:
    browser.post(typing.address, data={"title": "Shared", "body": TYPED, "hold": "1"})
    named = [row for row in read.all(PostRevision) if row.body == TYPED and not row.is_autosave]
    assert len(named) == 1


def test_an_editor_that_names_its_base_leaves_the_history_as_it_was(
    typing: Editor, browser: TestClient, counted: Counted, read: Read
) -> None:
    other = Editor(browser, typing.address, as_htmx)
    other.send("/autosave", body=TYPED + " More.", sequence="2")
    with counted() as statements:
        other.send("/autosave", body=TYPED + " More, more.", sequence="3")
    assert len(statements) <= 5
    assert [row.is_autosave for row in read.all(PostRevision)] == [False, True, True]
