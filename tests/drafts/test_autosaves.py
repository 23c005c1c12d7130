"""What the blog answers while somebody types."""

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
from web.database import Database
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.tag import Tag
from web.models.user import User


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Draft", body="One.", tags="a", published=False)


def kinds(read: Read) -> list[str]:
    return [revision.post_revision_type_lookup_code for revision in read.all(PostRevision)]


def test_the_first_words_make_a_post_with_an_address_of_its_own(browser: TestClient, read: Read) -> None:
    answer = Editor(browser, "/write/new", as_htmx)
    sent = browser.post("/write/autosave", data=answer.form | {"body": "First words"}, headers=as_htmx)
    assert (sent.status_code, sent.headers["hx-replace-url"]) == (200, "/write/1")
    assert soup(sent).attribute("[data-base] time", "datetime") == "2026-11-22T13:05:00Z"
    assert soup(sent).button("Save draft").attributes["data-hx-post"] == "/write/1"
    assert "Untitled" in browser.get("/write").text
    assert kinds(read) == ["autosave"]


def test_autosaves_of_one_editor_are_one_revision_and_a_save_names_it(
    browser: TestClient, post: Post, read: Read
) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    for number in range(2, 6):
        assert editor.send("/autosave", body=f"Take {number}.", sequence=str(number)).status_code == 200
    assert kinds(read) == ["save", "autosave"]
    editor.send(body="Take 6.", sequence="6")
    assert kinds(read) == ["save", "save"]
    editor.send("/autosave", body="Take 7.", sequence="7")
    assert soup(browser.get(f"/write/{post.id}/history")).texts(".row-list .badge") == ["Saved", "Saved"]
    stored = read(Post, post.id)
    assert stored is not None
    assert stored.body == "Take 6."
    assert [revision.is_pending for revision in read.all(PostRevision)] == [False, False, True]


def test_a_draft_shows_its_writers_what_was_typed_last(browser: TestClient, post: Post) -> None:
    Editor(browser, f"/write/{post.id}", as_htmx).send("/autosave", title="Typed", body="Some *new* words.")
    page = browser.get(f"/posts/{post.slug}").text
    assert "<em>new</em>" in page
    assert "Typed" in browser.get("/write").text
    assert soup(browser.get(f"/write/{post.id}")).form("#editor")["body"] == "Some *new* words."


def test_the_address_follows_the_title_until_the_first_real_save_after_it(browser: TestClient, read: Read) -> None:
    editor = Editor(browser, "/write/new", as_htmx)
    browser.post("/write/autosave", data=editor.form | {"title": "He", "sequence": "2"}, headers=as_htmx)
    again = editor.form | {"title": "Hello world", "sequence": "3"}
    browser.post("/write/1/autosave", data=again, headers=as_htmx)
    browser.post("/write/1", data=again | {"sequence": "4"}, headers=as_htmx)
    assert [post.slug for post in read.all(Post)] == ["hello-world"]
    opened = Editor(browser, "/write/1")
    opened.save(title="Another title", slug="my-own")
    opened.save(title="A third title")
    assert [post.slug for post in read.all(Post)] == ["my-own"]


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("takes", ["234", "1122", "2211"], ids=["new words", "the same words", "taken back"])
def test_it_takes_four_statements_from_the_first_one_on(
    database: Database, browser: TestClient, make: Make, ada: User, counted: Counted, published: bool, takes: str
) -> None:
    post = make.post(ada, title="Long", body="Take 0.", tags="a", published=published)
    Editor(browser, f"/write/{post.id}").save(body="Take 1.")
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    for number, take in enumerate(takes, 2):
        with counted() as statements:
            assert editor.send("/autosave", body=f"Take {take}.", sequence=str(number)).status_code == 200
        # Without FOR UPDATE OF the row of the post is locked by a statement of its own.
        assert len(statements) == (5 if database.dialect == "mariadb" else 4), statements


def test_a_post_from_before_there_were_revisions_takes_more_once(
    database: Database, browser: TestClient, post: Post, counted: Counted
) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    with counted() as statements:
        editor.send("/autosave", body="Take 1.", sequence="1")
    assert len(statements) == (7 if database.dialect == "mariadb" else 6), statements


@pytest.mark.parametrize("tags", ["", "a, b"])
def test_what_the_first_words_of_a_post_cost(browser: TestClient, counted: Counted, tags: str) -> None:
    form = Editor(browser, "/write/new", as_htmx).form | {"body": "First words", "tags": tags}
    with counted() as statements:
        assert browser.post("/write/autosave", data=form, headers=as_htmx).status_code == 200
    # Who asks, whom nobody else begins a post for, what the form made before, free addresses; in a savepoint the
    # post, its author, its address; what it says, with the blog's language and its words; its revision.
    assert len(statements) == 13, "\n".join(statements)


def test_no_tag_is_made_of_half_a_word(browser: TestClient, read: Read) -> None:
    form = Editor(browser, "/write/new", as_htmx).form | {"title": "T", "body": "B", "tags": "craf"}
    browser.post("/write/autosave", data=form, headers=as_htmx)
    assert read.all(Tag) == []
    assert soup(browser.get("/write/1")).form("#editor")["tags"] == "craf"
    browser.post("/write/1", data=form | {"tags": "craft", "sequence": "2"}, headers=as_htmx)
    assert [tag.name for tag in read.all(Tag)] == ["craft"]


def test_the_writers_list_learns_of_autosaves_from_the_open_editor(
    browser: TestClient, post: Post, make: Make, ada: User, clock: Clock
) -> None:
    clock.advance(minutes=1)
    make.post(ada, title="Another", published=False)
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    clock.advance(minutes=1)
    editor.send("/autosave", title="Typed", sequence="2")
    editor.send("/presence", sequence="2")
    page = browser.get("/write").text
    assert 0 < page.index("Typed") < page.index("Another")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "x" * 201, "Title: A title can have at most 200 characters"),
        ("body", "nul \x00", "Body: This contains a control character"),
        ("tags", "y" * 51, "at most 50 characters"),
        ("body", "x" * 1_000_001, "at most 1,000,000 characters"),
    ],
)
def test_what_cannot_be_stored_is_said_and_changes_nothing(
    browser: TestClient, post: Post, read: Read, field: str, value: str, words: str
) -> None:
    answer = Editor(browser, f"/write/{post.id}", as_htmx).send("/autosave", **{field: value})
    assert answer.status_code == 422
    assert words in soup(answer).text()
    assert kinds(read) == []


def test_an_empty_title_waits_for_publishing(browser: TestClient, post: Post, client: TestClient) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    assert editor.send("/autosave", title="").status_code == 200
    assert editor.send("/publication", title="").status_code == 422
    assert client.get(f"/posts/{post.slug}").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("reader", 403), ("contributor", 404), ("author", 404), ("editor", 200), ("owner", 200)]
)
def test_who_may(browser: TestClient, post: Post, make: Make, sign_in: SignIn, role: str, status: int) -> None:
    other = sign_in(make.user(role=role))
    form = Editor(browser, f"/write/{post.id}").form
    answer = other.post(f"/write/{post.id}/autosave", data=form | {"body": "Mine now.", "writer": ""}, headers=as_htmx)
    assert answer.status_code == status


def test_what_differs_is_shown_for_words_that_a_browser_kept(browser: TestClient) -> None:
    data = {"title": "T", "body": "Old words here.", "kept-title": "T", "kept-body": "New words here."}
    page = soup(browser.post("/write/comparison", data=data, headers=as_htmx))
    assert (page.texts(".changes-old del"), page.texts(".changes-old ins")) == (["Old"], ["New"])


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_changes_of_a_published_post_can_be_held_back(
    browser: TestClient, client: TestClient, make: Make, ada: User, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="Public", body="Old.")
    answer = Editor(browser, f"/write/{post.id}", headers).send(body="New.", hold="1")
    assert answer.status_code == (200 if headers else 303)
    assert "Old." in client.get("/posts/public").text
    browser.post(f"/write/{post.id}/publication/withdrawal")
    assert "New." in browser.get("/posts/public").text
