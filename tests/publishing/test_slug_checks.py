"""The address of a post: advice while it is typed, and following the title until readers may have seen it."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.publishing.conftest import schedule, stored
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.slug import Slug
from web.models.user import User


def check(browser: TestClient, slug: str, post: Post | None = None) -> str:
    query = {"slug": slug, "post": str(post.id) if post else ""}
    response = browser.get("/write/slug", params=query, headers=as_htmx)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return soup(response).text()


def test_advice_about_an_address(browser: TestClient, make: Make, ada: User) -> None:
    taken, mine = make.post(title="Taken"), make.post(ada, title="Mine", published=False)
    make.add(Slug(slug="once", post_id=taken.id, created_at=taken.created_at))
    shown = make.post(ada, title="Shown")
    for slug, post, words in [
        ("Über uns", mine, "The address “uber-uns” is free."),
        ("mine", mine, "The address “mine” is its own."),
        ("mine", None, "Another post has or had the address “mine”."),
        ("mine", taken, "Another post has or had the address “mine”."),
        ("Taken", mine, "Another post has or had the address “taken”."),
        ("once", mine, "Another post has or had the address “once”."),
        ("archive", mine, "The address “archive” is free."),
        ("!!!", mine, "An address needs letters or digits."),
        (" ", mine, "It is made from the title."),
        ("", None, "It is made from the title."),
        ("x" * 5000, None, "is free."),
        ("\x00", None, "An address needs"),
    ]:
        assert words in check(browser, slug, post), (slug, words)
    assert check(browser, "", shown) == ""


def test_a_page_is_told_what_is_reserved(make: Make, sign_in: SignIn) -> None:
    post = make.post(title="About", post_type_lookup_code="page")
    assert "belongs to the blog itself" in check(sign_in(make.user(role="editor")), "archive", post)


def test_nonsense_is_ignored(browser: TestClient) -> None:
    for query in ("", "?post=x", "?post=99999999999999999999", "?slug=%ff", "?slug=a&slug=b"):
        assert browser.get(f"/write/slug{query}").status_code == 200


def test_who_may_ask(client: TestClient, make: Make, sign_in: SignIn) -> None:
    assert client.get("/write/slug?slug=x").headers["location"].startswith("/sign-in")
    statuses = [
        sign_in(make.user(role=role)).get("/write/slug?slug=x").status_code for role in ("reader", "contributor")
    ]
    assert statuses == [403, 200]


def test_it_takes_four_statements(browser: TestClient, make: Make, ada: User, counted: Counted) -> None:
    post = make.post(ada)
    with counted() as statements:
        check(browser, "heron", post)
    assert len(statements) == 4, statements


def save(browser: TestClient, post: Post, **changes: str) -> None:
    address = f"/write/{post.id}"
    data = soup(browser.get(address)).form("#editor") | changes
    assert browser.post(address, data=data).status_code == 303


def test_the_address_of_a_draft_follows_its_title(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    make.post(title="Egret")
    post = make.post(ada, title="Heron", published=False)
    for title, slug in [("Grey heron", "grey-heron"), ("Egret", "egret-2"), ("Egret!", "egret-2"), ("日本", "ri-ben")]:
        save(browser, post, title=title)
        assert stored(read, post).slug == slug
    assert "heron" not in {row.slug for row in read.all(Slug)}, "nobody could have seen it"


@pytest.mark.parametrize("typed", ["my-own", "My own"])
def test_an_address_that_was_typed_stays(browser: TestClient, make: Make, ada: User, read: Read, typed: str) -> None:
    post = make.post(ada, title="Heron", published=False)
    save(browser, post, slug=typed)
    save(browser, post, title="Grey heron")
    assert stored(read, post).slug == "my-own"
    save(browser, post, slug="")
    assert stored(read, post).slug == "grey-heron", "made from the title when left empty"


def test_what_readers_may_have_seen_stays(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    shown = make.post(ada, title="Heron")
    withdrawn = make.post(ada, title="Egret")
    browser.post(f"/write/{withdrawn.id}/publication/withdrawal")
    scheduled = make.post(ada, title="Crane", published=False)
    schedule(browser, scheduled)
    for post in (shown, withdrawn, scheduled):
        save(browser, post, title="Another")
        save(browser, post, slug="")
        assert stored(read, post).slug == post.slug
