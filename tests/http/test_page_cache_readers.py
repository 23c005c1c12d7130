"""Who is signed in gets the page that all of that role get, with what is theirs filled in."""

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.http.conftest import ForNothing
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.dialects import where_pages_are_kept
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.waiting import wait_for
from web.database import Database
from web.models.comment import EDITABLE_FOR
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.user import User

pytestmark = pytest.mark.usefixtures("is_told_of_changes")


@where_pages_are_kept
def test_one_page_serves_all_of_a_role(make: Make, sign_in: SignIn, post: Post, for_nothing: ForNothing) -> None:
    bob, eve = make.user("bob", display_name="Bob & Co"), make.user("eve")
    readers = {bob.display_name: sign_in(bob), "Eve": sign_in(eve)}
    make.message(eve)
    for reader in readers.values():
        reader.get("/posts/hello")
    pages = {
        name: soup(for_nothing(lambda reader=reader: reader.get("/posts/hello"))) for name, reader in readers.items()
    }
    for name, page in pages.items():
        assert page.one(".masthead a[href='/account']").attributes["title"] == f"Signed in as {name}"
        assert page.has(".comment-form")
    assert pages["Eve"].text("#unread-count") == "1 unread"
    assert pages["Bob & Co"].text("#unread-count") == ""
    uids = {page.one(".comment-form [name=uid]").attributes["value"] for page in pages.values()}
    assert len(uids) == 2


@pytest.mark.parametrize("encoding", ["identity", "gzip", "gzip, br", "br"])
def test_in_each_encoding(make: Make, sign_in: SignIn, post: Post, encoding: str) -> None:
    reader = sign_in(make.user("bob"))
    for _ in range(2):
        answer = reader.get("/posts/hello", headers={"Accept-Encoding": encoding})
        assert answer.headers.get("content-encoding", "identity") == ("gzip" if "gzip" in encoding else "identity")
        assert "Signed in as Bob" in answer.text
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "etag" not in answer.headers


def test_nobody_gets_what_authors_and_managers_see(
    make: Make, sign_in: SignIn, client: TestClient, post: Post, ada: User
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


@where_pages_are_kept
def test_own_comments_can_be_changed_for_a_while_and_only_by_their_writer(
    make: Make, sign_in: SignIn, post: Post, clock: Clock, for_nothing: ForNothing
) -> None:
    bob, eve = make.user("bob"), make.user("eve")
    of_bob, of_eve = (f"/comments/{make.comment(post, writer, body='Words').id}/" for writer in (bob, eve))
    bobs, eves = sign_in(bob), sign_in(eve)
    for browser, own, foreign in ((eves, of_eve, of_bob), (bobs, of_bob, of_eve)):
        browser.get("/posts/hello")
        page = for_nothing(lambda browser=browser: browser.get("/posts/hello")).text
        assert f"{own}edit" in page
        assert f"{own}deletion" in page
        assert foreign not in page
    # Known once more after the time that somebody counts as just seen.
    clock.advance(seconds=EDITABLE_FOR.total_seconds() - 1)
    bobs.get("/posts/hello")
    assert f"{of_bob}edit" in for_nothing(lambda: bobs.get("/posts/hello")).text
    clock.advance(seconds=1)
    assert of_bob not in for_nothing(lambda: bobs.get("/posts/hello")).text


def test_a_fresh_comment_takes_nothing_from_what_strangers_get(
    client: TestClient, make: Make, sign_in: SignIn, post: Post
) -> None:
    bob = make.user("bob")
    comment = make.comment(post, bob, body="Words")
    bobs = sign_in(bob)
    for _ in range(2):
        answer = client.get("/posts/hello", headers={"Accept-Encoding": "br"})
        assert answer.headers["content-encoding"] == "br"
        assert client.get("/posts/hello", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
        assert f"/comments/{comment.id}/edit" in bobs.get("/posts/hello").text


def test_what_was_said_once_is_not_said_again(make: Make, sign_in: SignIn, post: Post) -> None:
    reader = sign_in(make.user("bob"))
    reader.get("/posts/hello")
    reader.post("/posts/hello/comments", data={"body": "Words"})
    assert soup(reader.get("/posts/hello")).has(".flashes .notice")
    assert not soup(reader.get("/posts/hello")).has(".flashes .notice")


def test_whoever_was_not_seen_for_long_is_noted(
    make: Make, sign_in: SignIn, post: Post, clock: Clock, counted: Counted
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
    make: Make, sign_in: SignIn, post: Post, database: Database, change: str
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


@pytest.mark.parametrize("between", [" ", "\t", "  "])
def test_no_way_to_write_a_cookie_makes_its_page_a_strangers(
    client: TestClient, sign_in: SignIn, post: Post, ada: User, between: str
) -> None:
    token = sign_in(ada).cookies["colophon"]
    for path in ("/", "/tags/first", "/posts/hello"):
        client.get(path, headers={"Cookie": f"colophon{between}={token}"})
        assert "Sign out" not in client.get(path).text


def test_a_feed_makes_nobody_a_stranger(client: TestClient, make: Make, sign_in: SignIn, post: Post) -> None:
    reader = sign_in(make.user("bob"))
    client.get("/")
    reader.get("/feed.xml")
    assert "Sign out" in reader.get("/").text


def test_what_was_said_on_the_way_to_a_feed_is_said_on_the_next_page(
    client: TestClient, make: Make, sign_in: SignIn, post: Post
) -> None:
    reader = sign_in(make.user("bob"))
    client.get("/posts/hello")
    reader.post("/posts/hello/comments", data={"body": "Words"})
    reader.get("/feed.xml")
    assert soup(reader.get("/posts/hello")).has(".flashes .notice")
