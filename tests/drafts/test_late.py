"""What arrives late: a browser gave a request up, wrote on, and the blog gets it all the same."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.editing_sequence import EditingSequence
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

BODY = "One.\n\nTwo."
GIVEN_UP = "One.\n\nTwo, which I took back."


@pytest.fixture(params=[False, True], ids=["draft", "published"])
def post(request: pytest.FixtureRequest, make: Make, ada: User) -> Post:
    return make.post(ada, title="Shared", body=BODY, published=request.param)


def rows(read: Read) -> list[tuple[str, str, int, bool]]:
    found = read.all(PostRevision)
    return [(row.post_revision_type_lookup_code, row.body, row.sequence, row.is_pending) for row in found]


def check_late(read: Read, editor: Editor, sequence: int, body: str = GIVEN_UP) -> None:
    """An autosave of before arrives now, and nothing at all becomes of it."""
    before, texts = rows(read), [post.body for post in read.all(Post)]
    answer = editor.send("/autosave", body=body, sequence=str(sequence))
    assert answer.status_code == 200
    assert rows(read) == before
    assert [post.body for post in read.all(Post)] == texts


@pytest.mark.parametrize("action", ["", "/autosave", "/publication"])
def test_words_taken_back_before_a_save_that_changed_nothing_stay_taken_back(
    browser: TestClient, post: Post, read: Read, action: str
) -> None:
    Editor(browser, f"/write/{post.id}").save(body=BODY + "\n\nThree.")
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    assert editor.send(action, sequence="3").status_code == 200
    check_late(read, editor, 2)
    assert soup(browser.get(f"/write/{post.id}")).form("#editor")["body"] == BODY + "\n\nThree."


def test_the_first_save_of_an_old_post_counts_as_well(browser: TestClient, post: Post, read: Read) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    editor.send(sequence="3")
    check_late(read, editor, 2)


def test_a_second_save_of_ones_own_words_counts(browser: TestClient, post: Post, read: Read) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    editor.send(body="One.", sequence="2", hold="1")
    editor.send(body="One.", sequence="4", hold="1")
    editor.send(body="One.", sequence="6", hold="1")
    check_late(read, editor, 3)
    check_late(read, editor, 5)


def test_what_others_wrote_alike_counts(
    browser: TestClient, post: Post, read: Read, make: Make, sign_in: SignIn
) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    Editor(sign_in(make.user(role="editor")), f"/write/{post.id}").save(body="Both wrote this.")
    editor.send(body="Both wrote this.", sequence="3")
    check_late(read, editor, 2)


def test_a_button_pressed_late_takes_nothing_of_the_count_back(browser: TestClient, post: Post, read: Read) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    editor.send("/autosave", body="One.", sequence="5")
    editor.send(body="One.", sequence="3", hold="1")
    check_late(read, editor, 4)


def test_what_clashed_and_was_decided_counts(browser: TestClient, post: Post, read: Read) -> None:
    mine = Editor(browser, f"/write/{post.id}", as_htmx)
    Editor(browser, f"/write/{post.id}").save(body="One.\n\nTwo, theirs.")
    mine.send("/autosave", body="One.\n\nTwo, mine.", sequence="4")
    conflict = read.all(PostRevision)[-1]
    address = f"/write/{post.id}/conflicts/{conflict.id}"
    browser.post(address, data=soup(browser.get(address)).form(".conflict") | {"choice-body-1": "theirs"})
    check_late(read, mine, 3)


def test_typing_goes_on_after_a_late_one(browser: TestClient, post: Post, read: Read) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    editor.send(sequence="3", hold="1")
    line = soup(editor.send("/autosave", body=GIVEN_UP, sequence="2"))
    assert line.attribute("[data-outdated]", "data-outdated") == "3"
    base = line.attribute("[data-base]", "data-base") or ""
    editor.send("/autosave", body=BODY + " And on.", sequence="4", base=base)
    assert read.all(PostRevision)[-1].body == BODY + " And on."


def test_how_far_an_editor_came_is_forgotten_in_time(browser: TestClient, post: Post, read: Read, clock: Clock) -> None:
    for days in (0, 8):
        clock.advance(days=days)
        editor = Editor(browser, f"/write/{post.id}", as_htmx)
        editor.send(sequence="3", hold="1")
        (noted,) = read.all(EditingSequence)
        assert (noted.editing_session, noted.sequence) == (editor.form["editing_session"], 3)


def test_nothing_is_noted_of_whoever_sends_no_second_request(browser: TestClient, post: Post, read: Read) -> None:
    Editor(browser, f"/write/{post.id}").save()
    assert read.count(EditingSequence) == 0
