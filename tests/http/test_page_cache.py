"""What everybody reads is made once, and never shown older than the last commit."""

import gzip
from collections.abc import Iterator
from datetime import timedelta

import brotli
import httpx2
import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.http.conftest import ForNothing
from tests.support.clients import Clients, SignIn, make_app
from tests.support.clock import Clock
from tests.support.dialects import where_pages_are_kept
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.waiting import wait_for
from web.app import Colophon
from web.database import Database
from web.models.post import Post
from web.models.user import User
from web.settings import Settings

pytestmark = pytest.mark.usefixtures("is_told_of_changes")

ADDRESSES = (
    "/",
    "/posts/hello",
    "/posts/hello.md",
    "/archive",
    "/tags",
    "/tags/first",
    "/authors/ada",
    "/about",
    "/feed.xml",
    "/rss.xml",
    "/feed.json",
    "/tags/first/feed.xml",
    "/authors/ada/feed.json",
    "/comments/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
)

SHOW_POSTS = (
    "/",
    "/posts/hello",
    "/posts/hello.md",
    "/archive",
    "/tags/first",
    "/authors/ada",
    "/feed.xml",
    "/rss.xml",
)


@where_pages_are_kept
@pytest.mark.usefixtures("post")
@pytest.mark.parametrize("path", ADDRESSES)
def test_the_second_reader_costs_no_statement(client: TestClient, for_nothing: ForNothing, path: str) -> None:
    made = client.get(path)
    kept = for_nothing(lambda: client.get(path))
    assert made.status_code == 200
    assert (kept.content, kept.headers["etag"]) == (made.content, made.headers["etag"])
    assert kept.headers["content-security-policy"]
    assert kept.headers["cache-control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(kept.headers["vary"].split(", "))


@pytest.mark.parametrize("path", SHOW_POSTS)
def test_a_commit_of_another_process_is_seen(client: TestClient, database: Database, post: Post, path: str) -> None:
    other = Database(database.url)
    client.get(path)
    with other.session() as session:
        found = session.get_one(Post, post.id)
        found.title, found.body, found.body_html = "Changed", "Changed", "<p>Changed</p>"
        found.updated_at += timedelta(days=1)
    other.close()
    if database.dialect == "sqlite":
        assert "Changed" in client.get(path).text
    wait_for(lambda: "Changed" in client.get(path).text)


def test_what_was_acknowledged_is_shown(client: TestClient, make: Make, sign_in: SignIn, post: Post, ada: User) -> None:
    writer = sign_in(ada)
    for number in range(5):
        client.get("/posts/hello")
        answer = writer.post("/posts/hello/comments", data={"body": f"Words {number}"})
        assert answer.status_code == 303
        assert f"Words {number}" in client.get("/posts/hello").text


@pytest.mark.usefixtures("post")
def test_each_encoding_says_the_same(client: TestClient) -> None:
    plain = client.get("/posts/hello", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    tags = {plain.headers["etag"]}
    for encoding, expand in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        for _ in range(2):
            with client.stream("GET", "/posts/hello", headers={"Accept-Encoding": encoding}) as answer:
                raw = b"".join(answer.iter_raw())
            assert answer.headers["content-encoding"] == encoding
            assert int(answer.headers["content-length"]) == len(raw) < len(plain.content) / 2
            assert expand(raw) == plain.content
        tags.add(answer.headers["etag"])
    assert len(tags) == 3, "a strong tag names the bytes"


@where_pages_are_kept
@pytest.mark.usefixtures("post")
def test_who_has_it_gets_nothing_and_whoever_asks_with_head_gets_headers(
    client: TestClient, for_nothing: ForNothing
) -> None:
    def ask(method: str = "GET", **headers: str) -> httpx2.Response:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return for_nothing(lambda: client.request(method, "/posts/hello", headers=names))

    full = ask()
    for known in (full.headers["etag"], f'"x", W/{full.headers["etag"]}', "*"):
        answer = ask(If_None_Match=known)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == full.headers["etag"]
        assert "content-length" not in answer.headers
    assert ask(If_None_Match='"x"').status_code == 200
    assert ask(Range="bytes=0-3").content == full.content
    head = ask("HEAD")
    assert (head.content, head.headers["content-length"]) == (b"", full.headers["content-length"])


@pytest.mark.usefixtures("post")
def test_a_fragment_is_never_taken_for_a_page(client: TestClient) -> None:
    page = client.get("/").text
    fragment = client.get("/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert fragment.headers["cache-control"] == "no-store"
    assert client.get("/").text == page
    restored = client.get("/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert restored.text == page


@pytest.mark.usefixtures("post")
def test_hosts_and_queries_are_told_apart(client: TestClient) -> None:
    assert "http://one.example/posts/hello" in client.get("/feed.xml", headers={"Host": "one.example"}).text
    assert "http://two.example/posts/hello" in client.get("/feed.xml", headers={"Host": "two.example"}).text
    assert client.get("/?before=20000101T000000000000-1").text != client.get("/").text


def test_nobody_has_a_page_for_another_host_kept(client: TestClient) -> None:
    both = [("host", "evil.example"), ("host", "blog.example")]
    assert "http://evil.example/" in client.get("/feed.xml", headers=both).text
    assert "evil.example" not in client.get("/feed.xml", headers={"host": "blog.example"}).text


def test_what_is_not_found_is_not_kept(client: TestClient, make: Make, counted: Counted) -> None:
    for _ in range(2):
        with counted() as statements:
            assert client.get("/posts/nothing").status_code == 404
        assert statements


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/sitemap.xml", "/archive", "/tags/first"])
def test_a_post_appears_to_the_second(
    client: TestClient, make: Make, clock: Clock, post: Post, ada: User, path: str
) -> None:
    make.post(ada, title="Later", tags="first", published_at=clock.now + timedelta(minutes=5))
    assert "later" not in client.get(path).text
    clock.advance(minutes=4, seconds=59)
    assert "later" not in client.get(path).text
    clock.advance(seconds=1)
    assert "later" in client.get(path).text


def test_comments_close_to_the_second(client: TestClient, make: Make, clock: Clock, post: Post) -> None:
    with make.database.session() as session:
        session.get_one(Post, post.id).comments_close_at = clock.now + timedelta(minutes=5)
    make.setting("guests", "yes")
    client.get("/posts/hello")
    clock.advance(minutes=4, seconds=59)
    assert soup(client.get("/posts/hello")).has(".comment-form")
    clock.advance(seconds=1)
    assert not soup(client.get("/posts/hello")).has(".comment-form")


def test_forms_of_guests_are_each_their_own(client: TestClient, make: Make, clock: Clock, post: Post) -> None:
    make.setting("guests", "yes")
    fields = []
    for _ in range(2):
        page = soup(client.get("/posts/hello"))
        fields.append({name: page.one(f".comment-form [name={name}]").attributes["value"] for name in ("uid", "stamp")})
        clock.advance(seconds=30)
    assert fields[0]["uid"] != fields[1]["uid"]
    assert fields[0]["stamp"] != fields[1]["stamp"]
    for number, hidden in enumerate(fields):
        words = {"name": "Guest", "email": "guest@example.org", "body": f"Words {number}", **hidden}
        assert client.post("/posts/hello/comments", data=words).status_code == 303


@pytest.fixture
def small(settings: Settings, database: Database, clock: Clock, clients: Clients) -> Iterator[TestClient]:
    """A stranger on a blog that keeps little."""
    clients.app = make_app(settings.model_copy(update={"page_cache_bytes": 150_000}), database, clock)
    return clients.open()


@where_pages_are_kept
def test_no_more_is_kept_than_was_allowed(
    small: TestClient, make: Make, ada: User, counted: Counted, for_nothing: ForNothing
) -> None:
    posts = [make.post(ada, title=f"Post {number}", body="word " * 500) for number in range(30)]
    for post in posts:
        small.get(post.path)
    for_nothing(lambda: small.get(posts[-1].path))
    with counted() as oldest:
        small.get(posts[0].path)
    assert oldest


def test_nobody_fills_the_memory_with_addresses_and_headers_of_their_own(
    small: TestClient, post: Post, app: Colophon
) -> None:
    for number in range(30):
        long = str(number) * 3000
        small.get(f"/?x={long}")
        small.get("/robots.txt", headers={"HX-Request": long, "Accept-Encoding": long})
        small.get("/", headers={"Cookie": f"colophon={long}"})
    cache = small.app.middleware_stack  # type: ignore[attr-defined]
    assert len(list(cache.pages.items())) <= 4
    assert cache.readers._known == {}


@pytest.fixture
def with_cdn(settings: Settings, database: Database, clock: Clock, clients: Clients) -> TestClient:
    """A stranger on a blog behind a CDN that may keep pages for ten minutes."""
    clients.app = make_app(settings.model_copy(update={"cdn_seconds": 600}), database, clock)
    return clients.open()


def test_a_cdn_keeps_nothing_longer_than_it_is_right(
    with_cdn: TestClient, make: Make, clock: Clock, post: Post, ada: User
) -> None:
    assert with_cdn.get("/").headers["cache-control"] == "public, max-age=0, s-maxage=600"
    make.post(ada, title="Later", published_at=clock.now + timedelta(seconds=5))
    assert with_cdn.get("/").headers["cache-control"] == "public, max-age=0, s-maxage=5"
    make.setting("guests", "yes")
    assert with_cdn.get("/posts/hello").headers["cache-control"] == "no-cache", "its form is one reader's"
