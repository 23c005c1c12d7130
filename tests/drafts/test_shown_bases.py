"""Whoever opens an editor on what somebody else is just typing can be merged with later, without a script too."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.drafts.writing import Editor
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

BODY = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Shared", body=BODY, published=False)


@pytest.fixture
def there(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("bob", role="editor"))


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_what_was_made_of_a_running_autosave_is_merged(
    browser: TestClient, there: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    typing = Editor(browser, f"/write/{post.id}", as_htmx)
    typing.send("/autosave", body=BODY.replace("One", "One and"), sequence="2")
    plain = Editor(there, f"/write/{post.id}", headers)
    for number in range(3, 7):
        typing.send("/autosave", body=BODY.replace("One", "One and" + " a half" * number), sequence=str(number))
    page = plain.save(body=plain.form["body"].replace("Three", "Three, by Bob"))
    assert "Merged with changes saved" in page.text()
    assert plain.form["body"] == BODY.replace("One", "One and" + " a half" * 6).replace("Three", "Three, by Bob")
    assert "conflict" not in [row.post_revision_type_lookup_code for row in read.all(PostRevision)]


def test_what_was_opened_is_not_listed_and_costs_a_row_only_once(
    browser: TestClient, there: TestClient, post: Post, read: Read
) -> None:
    typing = Editor(browser, f"/write/{post.id}", as_htmx)
    typing.send("/autosave", body="Take 2.", sequence="2")
    for _ in range(3):
        Editor(there, f"/write/{post.id}")
    for number in range(3, 7):
        typing.send("/autosave", body=f"Take {number}.", sequence=str(number))
    assert [row.body for row in read.all(PostRevision)] == [BODY, "Take 2.", "Take 6."]
    assert soup(browser.get(f"/write/{post.id}/history")).texts(".row-list .badge") == ["Saved"]


def test_an_old_revision_is_put_back_although_somebody_types(
    browser: TestClient, there: TestClient, post: Post, read: Read
) -> None:
    Editor(browser, f"/write/{post.id}").save(body="Take 1.")
    typing = Editor(browser, f"/write/{post.id}", as_htmx)
    typing.send("/autosave", body="Take 2.", sequence="2")
    form = soup(there.get(f"/write/{post.id}/history")).form("form[action$=restoration]")
    typing.send("/autosave", title="Retitled", body="Take 2.", sequence="3")
    there.post(f"/write/{post.id}/history/1/restoration", data=form)
    newest = read.all(PostRevision)[-1]
    assert (newest.title, newest.body) == ("Retitled", BODY)


def test_only_the_first_look_at_a_running_autosave_writes(
    browser: TestClient, there: TestClient, post: Post, counted: Counted
) -> None:
    Editor(browser, f"/write/{post.id}", as_htmx).send("/autosave", body="Take 2.", sequence="2")
    counts = []
    for _ in range(2):
        with counted() as statements:
            assert there.get(f"/write/{post.id}").status_code == 200
        counts.append(len(statements))
    assert counts == [5, 3]


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("author", 404)])
def test_whoever_may_not_see_it_keeps_nothing(
    browser: TestClient, post: Post, make: Make, sign_in: SignIn, read: Read, role: str, status: int
) -> None:
    Editor(browser, f"/write/{post.id}", as_htmx).send("/autosave", body="Take 2.", sequence="2")
    assert sign_in(make.user(role=role)).get(f"/write/{post.id}").status_code == status
    assert not read.all(PostRevision)[-1].is_pinned


def test_every_text_that_was_shown_is_there_later_however_close_they_come(
    app: Colophon, browser: TestClient, there: TestClient, post: Post, read: Read
) -> None:
    address = f"/write/{post.id}"
    form = Editor(browser, address, as_htmx).form
    texts = [form | {"body": f"Take {number}.", "sequence": str(number)} for number in range(2, 22)]
    both = [(Press(browser, f"{address}/autosave", data), Press(there, address, {}, method="GET")) for data in texts]
    answers = at_once(app, [press for pair in both for press in pair])
    assert {answer.status_code for answer in answers} == {200}
    shown = [soup(answer).form("#editor") for answer in answers[1::2]]
    stored = {row.version: row.body for row in read.all(PostRevision)}
    assert all(form["base"] == "0.0" or stored[form["base"]] == form["body"] for form in shown)
