"""Without scripts a form is sent under one number however often: of two, nobody knows which was typed later."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision

BODY = "One.\n\nTwo."
EARLIER, LATER = BODY.replace("Two", "Two, mine"), BODY.replace("Two", "Two, mine again")


@pytest.fixture
def mine(browser: TestClient) -> Editor:
    """An editor without scripts, of a post whose second paragraph another one changed since."""
    browser.post("/write", data={"title": "Shared", "body": BODY})
    mine = Editor(browser, "/write/1")
    Editor(browser, "/write/1").save(body=BODY.replace("Two", "Two, theirs"))
    return mine


def conflicts(read: Read) -> list[tuple[str, bool]]:
    return [(row.body, row.settled_at is None) for row in read.all(PostRevision) if row.is_conflict]


@pytest.mark.parametrize("sent", [(EARLIER, LATER), (LATER, EARLIER)], ids=["in order", "late"])
def test_both_clash_and_both_are_kept(mine: Editor, browser: TestClient, read: Read, sent: tuple[str, str]) -> None:
    first, second = (mine.send(body=body).headers["location"] for body in sent)
    assert first != second
    assert conflicts(read) == [(body, True) for body in sent]
    assert all(words in browser.get("/write/recovered").text for words in (first, second))


def test_the_same_words_are_kept_once(mine: Editor, read: Read) -> None:
    first, second = (mine.send(body=EARLIER).headers["location"] for _ in range(2))
    assert first == second
    assert conflicts(read) == [(EARLIER, True)]


def test_a_conflict_waits_on_when_other_words_of_that_form_can_be_stored(mine: Editor, read: Read) -> None:
    mine.send(body=EARLIER)
    mine.send(body=BODY.replace("One", "1"))
    assert read.all(Post)[0].body == "1.\n\nTwo, theirs."
    assert conflicts(read) == [(EARLIER, True)]


def test_with_scripts_what_is_sent_later_settles_it(mine: Editor, read: Read) -> None:
    mine.send(body=EARLIER, sequence="1")
    mine.send(body=BODY.replace("One", "1"), sequence="2")
    assert conflicts(read) == [(EARLIER, False)]


def test_words_of_an_autosave_stay_findable(browser: TestClient, read: Read) -> None:
    browser.post("/write", data={"title": "Shared", "body": BODY})
    editor = Editor(browser, "/write/1", as_htmx)
    for body in (EARLIER, LATER):
        assert editor.send("/autosave", body=body, sequence="4").status_code == 200
    assert soup(browser.get("/write/1")).form("#editor")["body"] == LATER
    kinds = [(row.post_revision_type_lookup_code, row.body) for row in read.all(PostRevision)]
    assert kinds == [("save", BODY), ("save", EARLIER), ("autosave", LATER)]
