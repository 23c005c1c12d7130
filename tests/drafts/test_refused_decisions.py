"""A decision about a conflict that makes something which a post cannot be."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.models.post_revision import PostRevision

BODY = "One.\n\nTwo.\n\nThree."
TOO_LONG = "long" * 51


@pytest.fixture
def browser(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("ada", role="author"))


@pytest.fixture
def address(browser: TestClient) -> str:
    browser.post("/write", data={"title": "Shared", "body": BODY})
    mine, theirs = Editor(browser, "/write/1"), Editor(browser, "/write/1")
    theirs.save(title="Theirs", body=BODY.replace("Two", "Two, theirs"))
    return str(mine.send(title="Mine", body=BODY.replace("Two", "Two, mine")).headers["location"])


@pytest.fixture
def refused(browser: TestClient, address: str) -> dict[str, str]:
    """The form of the editor in which it can be put right."""
    data = soup(browser.get(address)).form(".conflict")
    data |= {"choice-title-0": "own", "text-title-0": TOO_LONG, "choice-body-1": "mine"}
    answer = browser.post(address, data=data)
    assert answer.status_code == 422
    assert "at most 200 characters" in soup(answer).text("#title-error")
    form = soup(answer).form("#editor")
    assert (form["title"], form["body"]) == (TOO_LONG, BODY.replace("Two", "Two, mine"))
    return form


@pytest.mark.parametrize("session", [{}, {"editing_session": "5a2f0c0e-0000-4000-8000-000000000001"}])
@pytest.mark.parametrize("action", ["", "/autosave"])
def test_is_settled_once_it_is_stored(
    browser: TestClient,
    address: str,
    refused: dict[str, str],
    read: Read,
    action: str,
    session: dict[str, str],
) -> None:
    assert address in browser.get("/write/recovered").text
    sent = refused | session | {"title": "Ours", "sequence": "2"}
    assert browser.post(f"/write/1{action}", data=sent).status_code in (200, 303)
    assert soup(browser.get("/write/1")).form("#editor")["title"] == "Ours"
    assert [row.settled_at is not None for row in read.all(PostRevision) if row.is_conflict] == [True]
    assert browser.get(address).headers["location"] == "/write/1"


def test_leaves_what_was_typed_further_to_be_decided(
    browser: TestClient, address: str, refused: dict[str, str], read: Read
) -> None:
    conflict = read.all(PostRevision)[-1]
    more = {"base": "1.0", "editing_session": conflict.editing_session, "sequence": "7", "title": "Mine, more"}
    browser.post("/write/1/autosave", data=refused | more | {"continues": ""})
    browser.post("/write/1", data=refused | {"title": "Ours"})
    assert browser.get(address).status_code == 200
