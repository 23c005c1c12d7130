"""The comments on the page of a post."""

from typing import Any

import mf2py
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from tests.comments.conftest import People
from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from web.database import Database
from web.models.comment import Comment
from web.models.post import Post
from web.models.user import User

NASTY = """<script>alert(1)</script>

<img src=x onerror=alert(1)> <b data-hx-get="/sign-out" data-hx-trigger="load">bold</b>

[link](javascript:alert(1)) [good](https://example.org/) <hx-partial data-hx-target="body">x</hx-partial>"""


def test_it_counts_what_everybody_may_read(client: TestClient, make: Make, post: Post) -> None:
    assert soup(client.get("/posts/hello")).text("#comments-title") == "Comments"
    make.comment(post)
    assert soup(client.get("/posts/hello")).text("#comments-title") == "1 comment"
    make.comment(post, status="pending")
    make.comment(post, status="rejected")
    make.comment(post, deleted_at=make.clock.now)
    make.comment(post)
    page = soup(client.get("/posts/hello"))
    assert page.text("#comments-title") == "2 comments"
    assert len(page.all("article.comment")) == 2


def test_answers_stand_below_what_they_answer_four_levels_deep(client: TestClient, make: Make, post: Post) -> None:
    chain: list[Comment] = [make.comment(post, body="0")]
    for number in range(1, 6):
        chain.append(make.comment(post, body=str(number), parent=chain[-1]))
    page = soup(client.get("/posts/hello"))
    for level in range(1, 4):
        path = f"#thread-comment-{chain[level - 1].id} > #replies-comment-{chain[level - 1].id}"
        assert page.has(f"{path} > #thread-comment-{chain[level].id}")
    last_list = f"#replies-comment-{chain[2].id} > li > article"
    assert page.attributes(last_list, "id") == [f"comment-{comment.id}" for comment in chain[3:]]
    assert not page.has(f"#replies-comment-{chain[3].id}")
    answered = page.attributes(".u-in-reply-to", "href")
    assert answered == [f"/posts/hello#comment-{comment.id}" for comment in chain[:-1]]


def test_what_is_hidden_keeps_its_place_only_for_what_can_be_read(client: TestClient, make: Make, post: Post) -> None:
    hidden = [make.comment(post, status="rejected", body="Spam"), make.comment(post, deleted_at=make.clock.now)]
    make.comment(post, parent=hidden[0], status="pending")
    make.comment(post, parent=hidden[1], deleted_at=make.clock.now)
    assert not soup(client.get("/posts/hello")).has("article.comment")
    for comment in hidden:
        make.comment(post, parent=comment, body="Still here.")
    page = soup(client.get("/posts/hello"))
    assert page.texts("article.comment-gone") == ["This comment was deleted."] * 2
    assert page.texts(".comment-body") == ["Still here."] * 2
    assert page.text("#comments-title") == "2 comments"
    assert "Spam" not in page.text("main")


def test_it_tells_who_wrote(client: TestClient, make: Make, post: Post, people: People) -> None:
    for user in (people.ada, people.ben, people.rita, None):
        make.comment(post, user)
    page = soup(client.get("/posts/hello"))
    assert page.texts(".comment-author") == ["Ada", "Ben", "Rita", "A guest"]
    assert page.attributes("a.comment-author", "href") == ["/authors/ada", "/authors/ben"]
    assert [header.count("Author") for header in page.texts(".comment-header")] == [1, 0, 0, 0]
    assert page.attributes(".comment time.dt-published", "datetime") == ["2026-11-22T13:05:00Z"] * 4
    assert "guest@example.org" not in page.tree.html


def test_nothing_that_was_typed_is_obeyed(sign_in: SignIn, people: People, client: TestClient, post: Post) -> None:
    nasty = sign_in(people.rita)
    nasty.post("/posts/hello/comments", data={"body": NASTY})
    page = soup(client.get("/posts/hello"))
    for selector in ("script", "img", "b", "[onerror]", "[data-hx-get]", "hx-partial", "a[href^='javascript']"):
        assert not page.has(f".comment-body {selector}")
    assert "<script>alert(1)</script>" in page.text(".comment-body")
    assert page.one(".comment-body a[href='https://example.org/']").attributes["rel"] == "nofollow ugc"


def test_a_nasty_name_is_only_a_name(sign_in: SignIn, make: Make, post: Post, people: People) -> None:
    name = "\"><script>alert('1')</script>"
    parent = make.comment(post, make.user(display_name=name))
    make.comment(post, guest_name=name, parent=parent, status="pending")
    browser = sign_in(people.ada)
    for address in ("/posts/hello", f"/posts/hello/comments/new?parent={parent.id}", "/manage/comments"):
        page = soup(browser.get(address))
        assert name in page.text("main")
        assert not page.has("main script:not([type])")


def test_buttons_are_for_those_who_may(
    client: TestClient, sign_in: SignIn, make: Make, post: Post, people: People
) -> None:
    make.comment(post, people.rita)
    make.comment(post, status="pending")
    every, own = ["Reply"], ["Reply", "Edit", "Delete"]
    decide = ["Approve", "Reject", "Delete"]
    shown = {
        "rita": [own],
        "rob": [every],
        "ben": [every],
        "ada": [["Reply", "Delete"], decide],
        "eve": [["Reply", "Delete"], decide],
        "olga": [["Reply", "Delete"], decide],
    }
    for name, rows in shown.items():
        page = soup(sign_in(getattr(people, name)).get("/posts/hello"))
        assert [[text for text in row.text().split() if text] for row in page.all(".comment-actions")] == rows, name
        assert page.has(".comment-pending .badge-pending") == (len(rows) == 2)
        assert page.text("#comments-title") == "1 comment"
    assert not soup(client.get("/posts/hello")).has(".comment-actions")


def test_those_who_decide_find_the_list_of_what_waits(sign_in: SignIn, people: People, post: Post) -> None:
    for user, is_there in ((people.ada, True), (people.eve, True), (people.ben, False), (people.rita, False)):
        page = soup(sign_in(user).get("/posts/hello"))
        assert page.has("#comments a[href='/manage/comments']") == is_there


def test_a_withdrawn_post_keeps_its_comments_without_a_form(sign_in: SignIn, make: Make, people: People) -> None:
    draft = make.post(people.ada, title="Draft", published=False)
    browser = sign_in(people.ada)
    assert not soup(browser.get("/posts/draft")).has("#comments")
    make.comment(draft, body="From before.")
    page = soup(browser.get("/posts/draft"))
    assert page.text(".comment-body") == "From before."
    assert not page.has(".comment-form")
    assert page.texts(".comment-actions > *") == ["Delete"]


def test_machines_can_read_it(client: TestClient, make: Make, post: Post, people: People) -> None:
    parent = make.comment(post, people.ada, body="First.")
    make.comment(post, body="Second.", parent=parent)
    parsed = mf2py.parse(doc=client.get("/posts/hello").text, url="http://testserver/", html_parser="html5lib")
    cites = [item["properties"] for item in _all_items(parsed["items"]) if "h-cite" in item["type"]]
    assert [cite["content"][0]["value"] for cite in cites] == ["First.", "Second."]
    assert [cite["author"][0]["properties"]["name"][0] for cite in cites] == ["Ada", "A guest"]
    assert cites[0]["url"] == cites[1]["in-reply-to"] == [f"http://testserver/posts/hello#comment-{parent.id}"]
    assert cites[0]["published"] == ["2026-11-22T13:05:00Z"]


def test_its_statements_do_not_grow(
    client: TestClient, sign_in: SignIn, make: Make, post: Post, people: People, counted: Counted
) -> None:
    counts: dict[int, list[int]] = {1: [], 20: []}
    browsers = [client, sign_in(people.rita), sign_in(people.ada)]
    for comments, found in counts.items():
        while make_more(make, post, comments):
            pass
        for browser in browsers:
            with counted() as statements:
                assert len(soup(browser.get("/posts/hello")).all("article.comment")) == comments
            found.append(len(statements))
    assert counts[1] == counts[20]
    assert counts[20][0] <= 4


def make_more(make: Make, post: Post, wanted: int) -> bool:
    """Add a comment, each by somebody else and every other one an answer, until there are as many as wanted."""
    with make.database.session() as session:
        existing = session.scalars(select(Comment).order_by(Comment.id)).all()
    if len(existing) == wanted:
        return False
    make.comment(post, make.user(), parent=existing[-1] if len(existing) % 2 else None)
    return True


def test_writing_takes_as_many_statements_among_twenty(
    sign_in: SignIn, make: Make, post: Post, people: People, counted: Counted
) -> None:
    browser, counts = sign_in(people.rita), []
    for number, comments in enumerate((1, 20)):
        while make_more(make, post, comments + number):
            pass
        with counted() as statements:
            assert browser.post("/posts/hello/comments", data={"body": f"{number}"}).status_code == 303
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", [None, "rita"])
def test_whoever_is_gone_leaves_their_words(
    client: TestClient, sign_in: SignIn, make: Make, post: Post, people: People, database: Database, who: str | None
) -> None:
    make.comment(post, people.rob, body="My words.")
    with database.session() as session:
        session.delete(session.get_one(User, people.rob.id))
    browser = sign_in(getattr(people, who)) if who else client
    assert soup(browser.get("/posts/hello")).text(".comment-body") == "My words."


def _all_items(items: list[Any]) -> list[dict[str, Any]]:
    found = []
    for item in items:
        nested = [value for values in item["properties"].values() for value in values if isinstance(value, dict)]
        found += [item, *_all_items([*item.get("children", []), *(one for one in nested if "type" in one)])]
    return found
