"""The history of a post."""

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


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Old title", body="Alpha beta gamma.", published=False)


def test_it_tells_who_saved_when_and_why(browser: TestClient, post: Post) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    editor.save(body="Alpha beta delta.")
    editor.send("/publication")
    page = soup(browser.get(f"/write/{post.id}/history"))
    assert page.texts(".row-list .badge") == ["Published", "Saved", "Saved"]
    assert page.texts(".row-list .byline span:last-child") == ["Ada", "Ada", "Nobody in particular"]
    assert "22 November 2026, 13:05" in page.text(".row-list")


def test_it_shows_what_changed_word_by_word(browser: TestClient, post: Post, read: Read) -> None:
    Editor(browser, f"/write/{post.id}").save(title="New title", body="Alpha beta delta.\n\nMore.")
    _, last = read.all(PostRevision)
    page = soup(browser.get(f"/write/{post.id}/history/{last.id}"))
    assert page.texts(".changes-line")[0] == "OldNew title"
    assert "gamma" in page.texts(".changes-old del")
    assert "delta" in page.texts(".changes-old ins")
    assert any("More." in text for text in page.texts(".changes-old ins"))


def test_any_two_can_be_compared(browser: TestClient, post: Post, read: Read) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    for body in ("Alpha beta delta.", "Alpha beta epsilon."):
        editor.save(body=body)
    first, _, last = read.all(PostRevision)
    page = soup(browser.get(f"/write/{post.id}/history/{last.id}?against={first.id}"))
    assert page.texts(".changes-old del") == ["gamma"]
    assert page.texts(".changes-old ins") == ["epsilon"]


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_restoring_is_a_revision_itself(browser: TestClient, post: Post, read: Read, headers: dict[str, str]) -> None:
    Editor(browser, f"/write/{post.id}").save(title="New title", body="Other.")
    first, _ = read.all(PostRevision)
    base = soup(browser.get(f"/write/{post.id}/history/{first.id}")).form("main form")["base"]
    address = f"/write/{post.id}/history/{first.id}/restoration"
    assert browser.post(address, data={"base": base}, headers=headers).status_code in (200, 303)
    assert [revision.post_revision_type_lookup_code for revision in read.all(PostRevision)] == [
        "save",
        "save",
        "restore",
    ]
    assert soup(browser.get(f"/write/{post.id}")).form("#editor")["title"] == "Old title"
    stored = read(Post, post.id)
    assert stored is not None
    assert (stored.title, stored.body_html.strip()) == ("Old title", "<p>Alpha beta gamma.</p>")


def test_restoring_a_published_post_waits_to_be_published(
    browser: TestClient, client: TestClient, make: Make, ada: User, read: Read
) -> None:
    post = make.post(ada, title="Public", body="First.")
    Editor(browser, f"/write/{post.id}").save(body="Second.")
    first, _ = read.all(PostRevision)
    browser.post(f"/write/{post.id}/history/{first.id}/restoration", data={})
    assert "Second." in client.get("/posts/public").text
    page = soup(browser.get(f"/write/{post.id}"))
    assert "Changes not published" in page.text(".editor-state")
    browser.post(f"/write/{post.id}/publication", data=page.form("#editor"))
    assert "First." in client.get("/posts/public").text
    assert "Changes not published" not in browser.get(f"/write/{post.id}").text


def test_long_histories_go_on(browser: TestClient, post: Post) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    for number in range(31):
        editor.save(body=str(number))
    page = soup(browser.get(f"/write/{post.id}/history"))
    assert len(page.all(".row-list li:not(.pagination)")) == 30
    older = browser.get(page.link("Older revisions"), headers=as_htmx)
    assert len(soup(older).all("li:not(.pagination)")) == 2
    assert "<html" not in older.text


@pytest.mark.parametrize("count", [1, 20])
def test_it_takes_as_many_statements_however_long_it_is(
    browser: TestClient, post: Post, counted: Counted, count: int
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    for number in range(count):
        editor.save(body=str(number))
    with counted() as statements:
        browser.get(f"/write/{post.id}/history")
    assert len(statements) == 4, statements


def test_two_thousand_revisions_are_paged_through_at_the_same_price(
    browser: TestClient, post: Post, make: Make, read: Read, clock: Clock, counted: Counted
) -> None:
    saved = {"post_revision_type_lookup_code": "save", "post_id": post.id, "created_at": clock.now}
    texts = ({"title": "T", "slug": post.slug, "body": f"Words {number}."} for number in range(2_000))
    make.add(*(PostRevision(updated_at=clock.now, **saved, **text) for text in texts))
    address, pages, shown = f"/write/{post.id}/history", [], []
    while address:
        with counted() as statements:
            page = soup(browser.get(address))
        pages.append(len(statements))
        shown += page.attributes(".row-list li:not(.pagination) a", "href")
        address = next(iter(page.attributes(".pagination a", "href")), "")
    assert len(pages) == 67
    assert set(pages) == {4}
    assert shown == [f"/write/{post.id}/history/{revision.id}" for revision in reversed(read.all(PostRevision))]
    with counted() as statements:
        assert browser.get(shown[1_000]).status_code == 200
    assert len(statements) == 5, statements


@pytest.mark.parametrize("key", ["999", "0", "9" * 18])
def test_what_is_not_there_is_not_found(browser: TestClient, post: Post, key: str) -> None:
    assert browser.get(f"/write/{post.id}/history/{key}").status_code == 404
    assert browser.post(f"/write/{post.id}/history/{key}/restoration").status_code == 404
    assert browser.get(f"/write/{post.id}/conflicts/{key}").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("author", 404), ("editor", 200), ("owner", 200)])
def test_who_sees_the_history(
    browser: TestClient, post: Post, read: Read, make: Make, sign_in: SignIn, role: str, status: int
) -> None:
    Editor(browser, f"/write/{post.id}").save(body="x")
    other = sign_in(make.user(role=role))
    for address in (f"/write/{post.id}/history", f"/write/{post.id}/history/{read.all(PostRevision)[0].id}"):
        assert other.get(address).status_code == status
