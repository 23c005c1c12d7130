"""What everybody reads is made once, and never shown older than the last commit."""

import gzip
from collections.abc import Iterator
from datetime import timedelta

import brotli
import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import Clients, SignIn, make_app
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.waiting import wait_for
from web.database import Database
from web.models.comment import EDITABLE_FOR
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.user import User
from web.settings import Settings

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


@pytest.fixture(autouse=True)
def is_told_of_changes(database: Database) -> None:
    """On PostgreSQL the listener has to connect first."""
    wait_for(lambda: database.changes.version() is not None)


@pytest.fixture
def ada(make: Make) -> User:
    return make.user("ada", role="author")


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    about = make.post(ada, title="About", body="Who we are.")
    with make.database.session() as session:
        session.get_one(Post, about.id).become_page(1)
    return make.post(ada, title="Hello", body="The first words. " * 80, tags="first")


@pytest.mark.usefixtures("post")
@pytest.mark.parametrize("path", ADDRESSES)
def test_the_second_reader_costs_no_statement(client: TestClient, counted: Counted, path: str) -> None:
    with counted() as first:
        made = client.get(path)
    with counted() as second:
        kept = client.get(path)
    assert made.status_code == 200
    assert first or path == "/robots.txt"
    assert second == []
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


@pytest.mark.usefixtures("post")
def test_who_has_it_gets_nothing_and_whoever_asks_with_head_gets_headers(client: TestClient, counted: Counted) -> None:
    full = client.get("/posts/hello")
    with counted() as statements:
        for known in (full.headers["etag"], f'"x", W/{full.headers["etag"]}', "*"):
            answer = client.get("/posts/hello", headers={"If-None-Match": known})
            assert (answer.status_code, answer.content) == (304, b"")
            assert answer.headers["etag"] == full.headers["etag"]
            assert "content-length" not in answer.headers
        assert client.get("/posts/hello", headers={"If-None-Match": '"x"'}).status_code == 200
        assert client.get("/posts/hello", headers={"Range": "bytes=0-3"}).content == full.content
        head = client.head("/posts/hello")
    assert statements == []
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


class TestSomeoneSignedIn:
    """Gets the same page, with what is theirs filled in."""

    def test_one_page_serves_all_of_a_role(self, make: Make, sign_in: SignIn, post: Post, counted: Counted) -> None:
        bob, eve = make.user("bob", display_name="Bob & Co"), make.user("eve")
        readers = {bob.display_name: sign_in(bob), "Eve": sign_in(eve)}
        make.message(eve)
        for reader in readers.values():
            reader.get("/posts/hello")
        with counted() as statements:
            pages = {name: soup(reader.get("/posts/hello")) for name, reader in readers.items()}
        assert statements == []
        for name, page in pages.items():
            assert page.one(".masthead a[href='/account']").attributes["title"] == f"Signed in as {name}"
            assert page.has(".comment-form")
        assert pages["Eve"].text("#unread-count") == "1 unread"
        assert pages["Bob & Co"].text("#unread-count") == ""
        uids = {page.one(".comment-form [name=uid]").attributes["value"] for page in pages.values()}
        assert len(uids) == 2

    @pytest.mark.parametrize("encoding", ["identity", "gzip", "gzip, br", "br"])
    def test_in_each_encoding(self, make: Make, sign_in: SignIn, post: Post, encoding: str) -> None:
        reader = sign_in(make.user("bob"))
        for _ in range(2):
            answer = reader.get("/posts/hello", headers={"Accept-Encoding": encoding})
            assert answer.headers.get("content-encoding", "identity") == ("gzip" if "gzip" in encoding else "identity")
            assert "Signed in as Bob" in answer.text
            assert answer.headers["cache-control"] == "private, no-cache"
            assert "etag" not in answer.headers

    def test_nobody_gets_what_authors_and_managers_see(
        self, make: Make, sign_in: SignIn, client: TestClient, post: Post, ada: User
    ) -> None:
        make.comment(post, body="Not yet approved", status="pending")
        editor, author = sign_in(make.user("ed", role="editor")), sign_in(ada)
        other, reader = sign_in(make.user("oth", role="author")), sign_in(make.user("bob"))
        for _ in range(2):
            for sees_more in (editor, author):
                page = sees_more.get("/posts/hello").text
                assert "Not yet approved" in page
                assert "Edit this post" in page
            for sees_less in (other, reader, client):
                page = sees_less.get("/posts/hello").text
                assert "Not yet approved" not in page
                assert "Edit this post" not in page

    def test_own_comments_can_be_changed_for_a_while_and_only_by_their_writer(
        self, make: Make, sign_in: SignIn, post: Post, clock: Clock
    ) -> None:
        bob, eve = make.user("bob"), make.user("eve")
        make.comment(post, bob, body="By Bob")
        bobs, eves = sign_in(bob), sign_in(eve)
        for _ in range(2):
            assert "Delete" not in eves.get("/posts/hello").text
            assert "Delete" in bobs.get("/posts/hello").text
        clock.advance(seconds=EDITABLE_FOR.total_seconds())
        for _ in range(2):
            assert "Delete" not in bobs.get("/posts/hello").text

    def test_what_was_said_once_is_not_said_again(self, make: Make, sign_in: SignIn, post: Post) -> None:
        reader = sign_in(make.user("bob"))
        reader.get("/posts/hello")
        reader.post("/posts/hello/comments", data={"body": "Words"})
        assert soup(reader.get("/posts/hello")).has(".flashes .notice")
        assert not soup(reader.get("/posts/hello")).has(".flashes .notice")

    def test_whoever_was_not_seen_for_long_is_noted(
        self, make: Make, sign_in: SignIn, post: Post, clock: Clock, counted: Counted
    ) -> None:
        reader = sign_in(make.user("bob"))
        for _ in range(2):
            reader.get("/")
        clock.advance(minutes=6)
        with counted() as statements:
            reader.get("/")
        assert any("login_session" in statement and statement.startswith("UPDATE") for statement in statements)

    @pytest.mark.parametrize("change", ["role", "suspended", "ended"])
    def test_a_change_by_another_process_holds_at_once(
        self, make: Make, sign_in: SignIn, post: Post, database: Database, change: str
    ) -> None:
        bob = make.user("bob", role="author")
        browser = sign_in(bob)
        for _ in range(2):
            assert "Write" in soup(browser.get("/")).text(".masthead")
        other = Database(database.url)
        with other.session() as session:
            found = session.get_one(User, bob.id)
            if change == "role":
                found.role_lookup_code = "reader"
            elif change == "suspended":
                found.is_active = False
            else:
                session.execute(delete(LoginSession))
        other.close()
        if database.dialect == "postgresql":
            wait_for(lambda: "Write" not in soup(browser.get("/")).text(".masthead"))
        for _ in range(2):
            masthead = soup(browser.get("/")).text(".masthead")
            assert "Write" not in masthead
            assert ("Sign out" in masthead) == (change == "role")


@pytest.fixture
def small(settings: Settings, database: Database, clock: Clock, clients: Clients) -> Iterator[TestClient]:
    """A stranger on a blog that keeps little."""
    clients.app = make_app(settings.model_copy(update={"page_cache_bytes": 150_000}), database, clock)
    return clients.open()


def test_no_more_is_kept_than_was_allowed(small: TestClient, make: Make, ada: User, counted: Counted) -> None:
    posts = [make.post(ada, title=f"Post {number}", body="word " * 500) for number in range(30)]
    for post in posts:
        small.get(post.path)
    with counted() as newest:
        small.get(posts[-1].path)
    with counted() as oldest:
        small.get(posts[0].path)
    assert newest == []
    assert oldest
