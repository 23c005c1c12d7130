"""Pages stand by themselves: at an address of their own, in the menu, in no list."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.slug import Slug
from web.models.user import User
from web.pages.rules import RESERVED
from web.routes import EARLY, ROUTES

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
PAGE = {"post_type_lookup_code": "page"}
MENU = ".masthead-nav li > a"


@pytest.fixture
def editor(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("eve", role="editor"))


@pytest.fixture
def ada(make: Make) -> User:
    return make.user("ada", role="author")


def stored(read: Read, post: Post) -> Post:
    found = read(Post, post.id)
    assert found is not None
    return found


@BOTH
def test_editors_make_a_page_of_a_post_and_a_post_of_a_page(
    editor: TestClient, client: TestClient, make: Make, ada: User, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="About", body="Who we are.")
    response = editor.post(f"/write/{post.id}/page", data={"menu_order": "1"}, headers=headers)
    assert response.status_code == (200 if headers else 303)
    assert soup(client.get("/about")).text(".prose") == "Who we are."
    assert "About" in soup(client.get("/about")).texts(MENU)
    assert soup(client.get("/about")).attribute("link[rel=canonical]", "href") == "http://testserver/about"
    moved = client.get("/posts/about")
    assert (moved.status_code, moved.headers["location"]) == (302, "/about")
    assert "/about" in client.get("/sitemap.xml").text
    assert editor.post(f"/write/{post.id}/page/removal", headers=headers).status_code == (200 if headers else 303)
    assert client.get("/about").status_code == 404
    assert client.get("/posts/about").status_code == 200
    assert "About" not in soup(client.get("/posts/about")).texts(MENU)


def test_a_page_stands_in_no_list_and_takes_no_comments(
    client: TestClient, make: Make, ada: User, sign_in: SignIn
) -> None:
    make.post(ada, title="Heron", tags="birds", **PAGE)
    for address in ("/", "/archive", "/tags", "/authors/ada", "/feed.xml"):
        assert "heron" not in client.get(address).text.lower()
    assert client.get("/tags/birds").status_code == 404
    page = soup(client.get("/heron"))
    assert not page.has("#comments, time, .byline, .tag")
    assert sign_in(make.user("rita")).post("/posts/heron/comments", data={"body": "x"}).status_code == 403


def test_the_menu_is_in_order_and_only_of_what_everybody_may_read(
    client: TestClient, editor: TestClient, make: Make, ada: User, clock: Clock
) -> None:
    for title, order, columns in [
        ("Imprint", 9, {}),
        ("About", 1, {}),
        ("Hidden", None, {}),
        ("Draft", 2, {"published": False}),
        ("Gone", 3, {"deleted_at": clock.now}),
        ("Unlisted", 4, {"post_visibility_lookup_code": "unlisted"}),
        ("Private", 5, {"post_visibility_lookup_code": "private"}),
    ]:
        make.post(ada, title=title, menu_order=order, **PAGE, **columns)
    make.post(ada, title="Later", menu_order=6, published_at=clock.advance(days=1), **PAGE)
    clock.advance(days=-1)
    for browser in (client, editor):
        shown = [text for text in soup(browser.get("/")).texts(MENU) if text not in ("Archive", "Tags", "Search")]
        assert shown[:2] == ["About", "Imprint"]
        assert "Private" not in soup(browser.get("/")).text(".masthead-nav")
    assert soup(client.get("/about")).text(".masthead-nav [aria-current]") == "About"
    clock.advance(days=1)
    assert "Later" in soup(client.get("/")).texts(MENU)


def test_who_sees_a_page_that_is_not_public(client: TestClient, make: Make, ada: User, sign_in: SignIn) -> None:
    make.post(ada, title="Draft", published=False, **PAGE)
    make.post(ada, title="Unlisted", post_visibility_lookup_code="unlisted", **PAGE)
    assert client.get("/draft").status_code == 404
    assert sign_in(make.user(role="author")).get("/draft").status_code == 404
    own = soup(sign_in(ada).get("/draft"))
    assert "it is a draft" in own.text(".notice")
    assert own.link("Edit this page")
    unlisted = client.get("/unlisted")
    assert unlisted.headers["x-robots-tag"] == "noindex"
    assert soup(unlisted).attribute("meta[name=robots]", "content") == "noindex"


def test_an_old_address_leads_on(client: TestClient, make: Make, ada: User) -> None:
    post = make.post(ada, title="About us", **PAGE)
    make.add(Slug(slug="about", post_id=post.id, created_at=post.created_at))
    moved = client.get("/about")
    assert (moved.status_code, moved.headers["location"]) == (301, "/about-us")
    other = make.post(ada, title="A post")
    make.add(Slug(slug="old", post_id=other.id, created_at=other.created_at))
    assert client.get("/old").status_code == 404


def test_no_page_stands_before_another_address() -> None:
    """The list of what is reserved has the beginnings of all addresses that a slug could be."""
    beginnings = {path.split("/")[1] for path in [*(route.path for route in ROUTES), *EARLY, "/static/x"]}
    slugs = {name for name in beginnings if name and "." not in name and "{" not in name}
    assert slugs <= RESERVED
    assert ROUTES[-1].name == "pages.show"


@BOTH
@pytest.mark.parametrize("slug", ["archive", "sign-in", "static", "healthz"])
def test_a_reserved_address_is_refused(
    editor: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str], slug: str
) -> None:
    post = make.post(ada, title="Mine", slug=slug)
    response = editor.post(f"/write/{post.id}/page", data={"menu_order": "7"}, headers=headers)
    assert response.status_code == 422
    assert "belongs to the blog itself" in soup(response).text("#page .notice")
    assert soup(response).form("#page form")["menu_order"] == "7"
    assert not stored(read, post).is_page


@BOTH
def test_a_page_cannot_move_to_a_reserved_address(
    editor: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="About", **PAGE)
    data = soup(editor.get(f"/write/{post.id}")).form("#editor") | {"slug": "archive", "body": "Other."}
    response = editor.post(f"/write/{post.id}", data=data, headers=headers)
    assert response.status_code == 422
    assert "belongs to the blog itself" in soup(response).text("#slug-error")
    assert soup(response).form("#editor")["body"] == "Other."
    assert stored(read, post).slug == "about"


def test_wrong_methods_are_told(client: TestClient) -> None:
    assert client.get("/sign-out").status_code == 405
    assert client.post("/about").status_code == 405


@BOTH
@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "9999999"])
def test_a_place_is_a_number(editor: TestClient, make: Make, ada: User, headers: dict[str, str], value: str) -> None:
    post = make.post(ada)
    response = editor.post(f"/write/{post.id}/page", data={"menu_order": value}, headers=headers)
    assert response.status_code == 422
    assert "a number from 1" in soup(response).text("#menu_order-error")


@pytest.mark.parametrize(
    ("role", "whose", "expected"),
    [("reader", "other", 403), ("contributor", "own", 403), ("author", "own", 403), ("author", "other", 403),
     ("editor", "other", 303), ("owner", "other", 303)],
)  # fmt: skip
def test_who_makes_pages(make: Make, sign_in: SignIn, role: str, whose: str, expected: int) -> None:
    user = make.user("somebody", role=role)
    browser = sign_in(user)
    post = make.post(user if whose == "own" else None)
    assert browser.post(f"/write/{post.id}/page", data={"menu_order": ""}).status_code == expected
    assert browser.post(f"/write/{post.id}/page/removal").status_code == expected


def test_strangers_are_asked_to_sign_in(client: TestClient, make: Make) -> None:
    post = make.post()
    for action in ("page", "page/removal"):
        assert client.post(f"/write/{post.id}/{action}").headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("count", [1, 12])
def test_the_menu_costs_no_statement(client: TestClient, make: Make, ada: User, counted: Counted, count: int) -> None:
    for number in range(count):
        make.post(ada, title=f"Page {number}", menu_order=number, **PAGE)
    with counted() as statements:
        page = client.get("/page-0")
    assert len(statements) == 2, statements
    assert len(soup(page).all(".masthead-nav a[href^='/page-']")) == count
