"""A text of as many characters as one may have, from opening it to reading it; and one character more."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import BODY_LIMIT, Post
from web.models.user import User

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
PARAGRAPH = "Words of a very long text, one behind the other, as they come. " * 8 + "\n\n"
LONGEST = (PARAGRAPH * (BODY_LIMIT // len(PARAGRAPH) + 1))[: BODY_LIMIT - 1] + "!"


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Long", body="Short.", published=False)


def stored(read: Read) -> Post:
    (found,) = read.all(Post)
    return found


@BOTH
def test_the_longest_text_is_opened_saved_and_published(
    browser: TestClient, client: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    Editor(browser, f"/write/{post.id}", headers).send(body=LONGEST)
    editor = Editor(browser, f"/write/{post.id}", headers)
    assert editor.form["body"] == LONGEST
    changed = "?" + LONGEST[1:]
    assert editor.send("/autosave", body=changed, sequence="2").status_code == 200
    assert editor.send("/publication", body=changed, sequence="3").status_code == (200 if headers else 303)
    assert stored(read).body == changed
    assert soup(client.get("/posts/long")).text(".e-content").endswith("!")


@BOTH
@pytest.mark.parametrize("action", ["", "/publication", "/submission", "/autosave"])
def test_one_character_more_is_refused_with_everything_typed_still_there(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str], action: str
) -> None:
    typed = {"title": "A title of hours", "body": LONGEST + "x", "tags": "one, two", "summary": "A summary."}
    answer = Editor(browser, f"/write/{post.id}", headers).send(action, **typed)
    assert answer.status_code == 422
    assert "can have at most 1,000,000 characters; this has 1,000,001" in soup(answer).text()
    if action != "/autosave":
        form = soup(answer).form("#editor")
        assert {name: form[name] for name in typed} == typed
    assert stored(read).body == "Short."
