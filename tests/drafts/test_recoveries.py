"""Words that were sent in vain: after a session ended, or a right was withdrawn."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import Soup, soup
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.database import Database
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.rescued_text import RescuedText
from web.models.user import User

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Draft", body="One.", published=False)


def end_sessions(database: Database) -> None:
    with database.session() as session:
        session.execute(delete(LoginSession))


def sign_in_again(browser: TestClient, **fields: str) -> str:
    answer = browser.post("/sign-in", data={"login": "ada", "password": PASSWORD, **fields})
    return str(answer.headers["location"])


def test_after_signing_in_the_writer_is_back_in_the_editor_with_every_word(
    browser: TestClient, post: Post, database: Database, read: Read
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    end_sessions(database)
    answer = editor.send(title="New title", body="Typed for an hour.", tags="a, b")
    assert answer.status_code == 401
    page = soup(answer)
    assert page.form("#kept")["body"] == "Typed for an hour."
    wanted = next(form for form in page.all("form") if form.attributes.get("action") == "/sign-in")
    where = wanted.css_first("[name=next]").attributes["value"] or ""
    assert sign_in_again(browser, next=where) == where
    page = soup(browser.get(where))
    assert page.text("#unread-count") == "1 unread", "nothing is forgotten of which its writer never heard"
    form = page.form("#editor")
    assert (form["title"], form["body"], form["tags"]) == ("New title", "Typed for an hour.", "a, b")
    assert browser.post(f"/write/{post.id}", data=form).status_code == 303
    stored = read(Post, post.id)
    assert stored is not None
    assert stored.body == "Typed for an hour."
    assert read.count(RescuedText) == 0
    assert soup(browser.get("/messages")).text("#unread-count") == ""


def test_with_htmx_a_form_to_sign_in_stands_above_the_editor(
    browser: TestClient, post: Post, database: Database, read: Read
) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    end_sessions(database)
    for number, body in ((2, "Some words."), (3, "Some more words.")):
        answer = editor.send("/autosave", body=body, sequence=str(number))
        assert (answer.status_code, answer.headers["hx-retarget"]) == (401, "#editor-door")
    form = soup(answer).form("form")
    assert [text.body for text in read.all(RescuedText)] == ["Some more words."]
    fields = form | {"login": "ada", "password": PASSWORD}
    again = browser.post("/sign-in", data=fields | {"password": "wrong wrong"}, headers=as_htmx)
    assert (again.status_code, soup(again).form()["stays"]) == (422, "1")
    welcome = browser.post("/sign-in", data=fields, headers=as_htmx)
    assert "hx-redirect" not in welcome.headers
    assert soup(welcome).has("[data-signed-in]")
    assert editor.send("/autosave", body="Some more words.", sequence="4").status_code == 200


def test_a_new_post_is_rescued_too(browser: TestClient, database: Database, read: Read) -> None:
    editor = Editor(browser, "/write/new")
    end_sessions(database)
    answer = browser.post("/write", data=editor.form | {"title": "Fresh", "body": "Words."})
    assert answer.status_code == 401
    (kept,) = read.all(RescuedText)
    sign_in_again(browser)
    form = soup(browser.get(f"/write/recovered/{kept.id}")).form("#editor")
    assert browser.post("/write", data=form).status_code == 303
    assert [(stored.title, stored.uid) for stored in read.all(Post)] == [("Fresh", editor.form["uid"])]
    assert read.count(RescuedText) == 0


def test_a_cookie_that_is_not_ours_keeps_nothing(client: TestClient, post: Post, read: Read) -> None:
    for cookie in ("", "colophon=forged.token.here", "colophon=" + "A" * 4000):
        answer = client.post(f"/write/{post.id}", data={"title": "T", "body": "x"}, headers={"Cookie": cookie})
        assert answer.status_code == 401
        assert soup(answer).form("#kept")["body"] == "x"
    assert read.count(RescuedText) == 0


def test_whoever_signed_out_keeps_the_words_in_the_page_only(browser: TestClient, post: Post, read: Read) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    browser.post("/sign-out")
    assert soup(editor.send(body="Words.")).form("#kept")["body"] == "Words."
    assert read.count(RescuedText) == 0


@BOTH
def test_a_right_that_was_withdrawn_leaves_the_words_to_copy(
    make: Make, sign_in: SignIn, read: Read, headers: dict[str, str]
) -> None:
    contributor = make.user(role="contributor")
    post = make.post(contributor, title="Published meanwhile")
    browser = sign_in(contributor)
    data = {"title": "T", "body": "Mine, all mine."}
    assert browser.post(f"/write/{post.id}", data=data, headers=headers).status_code == 403
    page = soup(browser.get("/write/recovered"))
    assert "You may not change this post" in page.text(".row-list")
    assert "Mine, all mine." in browser.get(page.link("T")).text


def test_there_is_a_limit_for_each_person_and_for_each_text(
    browser: TestClient, post: Post, database: Database, read: Read
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    end_sessions(database)
    for number in range(22):
        session = f"00000000-0000-4000-8000-{number:012}"
        assert editor.send(body=str(number), editing_session=session).status_code == 401
    assert read.count(RescuedText) == 20
    editor.send(body="x" * 1_000_001, editing_session="00000000-0000-4000-8000-000000000000")
    assert max(len(text.body) for text in read.all(RescuedText)) < 10


def test_it_is_kept_for_thirty_days(
    browser: TestClient, post: Post, database: Database, read: Read, clock: Clock
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    end_sessions(database)
    editor.send(body="Old.")
    clock.advance(days=31)
    editor.send(body="New.", editing_session="00000000-0000-4000-8000-000000000000")
    (kept,) = read.all(RescuedText)
    assert kept.body == "New."
    assert kept.kept_until == clock.now + timedelta(days=30)


def test_others_see_nothing_of_it(
    browser: TestClient, post: Post, database: Database, make: Make, sign_in: SignIn
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    end_sessions(database)
    editor.send(body="Secret.")
    other = sign_in(make.user("olga", role="owner"))
    assert "Draft" not in soup(other.get("/write/recovered")).text("main")
    assert other.get("/write/recovered/1").status_code == 404
    assert other.post("/write/recovered/1/deletion").status_code == 404


@BOTH
def test_it_can_be_thrown_away(
    browser: TestClient, post: Post, database: Database, read: Read, headers: dict[str, str]
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    end_sessions(database)
    editor.send(body="Given up.")
    sign_in_again(browser)
    assert browser.post("/write/recovered/1/deletion", headers=headers).status_code in (200, 303)
    assert read.count(RescuedText) == 0


def test_strangers_are_asked_to_sign_in(client: TestClient) -> None:
    for address in ("/write/recovered", "/write/recovered/1"):
        assert client.get(address).headers["location"] == f"/sign-in?next={address}"


def words_kept_from(editor: Editor, database: Database, **typed: str) -> Soup:
    """What the blog answers to words that are sent after the session ended, and keeps; then their writer is back."""
    end_sessions(database)
    answer = editor.send("/autosave" if editor.headers else "", **typed)
    assert answer.status_code == 401
    sign_in_again(editor.browser)
    return soup(answer)


def test_what_was_kept_is_forgotten_when_the_same_editor_stores_later_words(
    browser: TestClient, post: Post, database: Database, read: Read
) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    door = words_kept_from(editor, database, body="Some words.", sequence="5")
    rescued = door.attribute("#rescued[data-hx-swap-oob]", "value") or ""
    late = editor.send("/autosave", body="Some", sequence="1", rescued=rescued)
    assert (late.status_code, read.count(RescuedText)) == (200, 1)
    stored = soup(editor.send("/autosave", body="Some words. More.", sequence="6", rescued=rescued))
    assert read.count(RescuedText) == 0
    assert stored.attribute("#rescued[data-hx-swap-oob]", "value") == "", "the open form names it no longer"
    assert soup(browser.get("/messages")).text("#unread-count") == ""


@pytest.mark.parametrize("sends", ["the page of kept words", "the editor"])
def test_without_htmx_it_is_forgotten_too(
    browser: TestClient, post: Post, database: Database, read: Read, sends: str
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    page = words_kept_from(editor, database, body="Some words.")
    form = page.form("#kept") if sends == "the page of kept words" else editor.form | {"body": "Some words."}
    assert browser.post(f"/write/{post.id}", data=form).status_code == 303
    assert read.count(RescuedText) == 0


def test_outdated_words_do_not_let_what_was_kept_be_forgotten(
    browser: TestClient, post: Post, database: Database, read: Read
) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    words_kept_from(editor, database, body="Kept.", editing_session="00000000-0000-4000-8000-000000000000")
    editor.send("/autosave", body="Newer.", sequence="6")
    editor.send("/autosave", body="Older.", sequence="5", rescued="1")
    assert [kept.body for kept in read.all(RescuedText)] == ["Kept."]


def test_words_that_are_rescued_twice_are_kept_once(
    browser: TestClient, post: Post, database: Database, read: Read
) -> None:
    words_kept_from(Editor(browser, f"/write/{post.id}"), database, body="Some words.")
    again = Editor(browser, "/write/recovered/1")
    again.address = f"/write/{post.id}"
    words_kept_from(again, database, body="Some more words.")
    assert [kept.body for kept in read.all(RescuedText)] == ["Some more words."]
