"""The writer's list."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.html.filters import iso
from web.models.user import User


def titles(response: object) -> list[str]:
    return soup(response).texts("main li > div:first-child > a")


def test_it_shows_own_posts_by_state(make: Make, sign_in: SignIn, ada: User, clock: Clock) -> None:
    make.post(title="Theirs")
    make.post(ada, title="A draft", published=False)
    make.post(ada, title="Out")
    make.post(ada, title="Gone", deleted_at=clock.now)
    browser = sign_in(ada)
    assert titles(browser.get("/write")) == ["Out", "A draft"]
    assert titles(browser.get("/write?state=draft")) == ["A draft"]
    assert titles(browser.get("/write?state=published")) == ["Out"]
    assert titles(browser.get("/write?state=deleted")) == ["Gone"]
    assert titles(browser.get("/write?state=nonsense&before=nonsense")) == ["Out", "A draft"]


def test_what_is_scheduled_stands_in_the_order_in_which_it_will_appear(
    make: Make, sign_in: SignIn, ada: User, clock: Clock
) -> None:
    for days in (2, 1, *range(3, 13)):
        make.post(ada, title=f"In {days} days", published_at=clock.now + timedelta(days=days))
    make.post(title="Theirs", published_at=clock.now + timedelta(days=1))
    make.post(ada, title="Out")
    browser = sign_in(ada)
    page = browser.get("/write?state=scheduled")
    assert titles(page) == [f"In {days} days" for days in range(12, 2, -1)]
    assert titles(browser.get(soup(page).link("Older posts"))) == ["In 2 days", "In 1 days"]
    assert soup(page).attributes("main li .byline time", "datetime")[0] == iso(clock.now + timedelta(days=12))


def test_editors_see_everybodys_on_demand(make: Make, sign_in: SignIn, ada: User) -> None:
    make.post(ada, title="Hers", published=False)
    editor = sign_in(make.user(role="editor"))
    assert titles(editor.get("/write")) == []
    assert titles(editor.get("/write?whose=everybody")) == ["Hers"]
    assert titles(sign_in(make.user(role="author")).get("/write?whose=everybody")) == []


def test_older_posts_are_appended_without_gap_or_repetition(make: Make, sign_in: SignIn, ada: User) -> None:
    for number in range(25):
        make.post(ada, title=f"Post {number:02}")
    browser = sign_in(ada)
    found, response = [], browser.get("/write")
    while True:
        found += titles(response)
        if not soup(response).has("a[rel=next]"):
            break
        response = browser.get(soup(response).link("Older posts"))
    assert found == [f"Post {number:02}" for number in reversed(range(25))]
    fragment = browser.get(soup(browser.get("/write")).link("Older posts"), headers=as_htmx)
    assert not soup(fragment).has("h1")
    assert len(soup(fragment).all("li")) == 11


@pytest.mark.parametrize("count", [1, 20])
def test_it_takes_four_statements_however_long_it_is(
    make: Make, sign_in: SignIn, ada: User, counted: Counted, count: int
) -> None:
    for _ in range(count):
        make.post(ada, tags="a, b")
    browser = sign_in(ada)
    with counted() as statements:
        browser.get("/write")
    assert len(statements) == 4, statements


def test_the_editor_takes_four_statements_and_three_once_the_post_has_a_revision(
    make: Make, sign_in: SignIn, ada: User, counted: Counted
) -> None:
    post = make.post(ada, tags="a, b, c")
    browser = sign_in(ada)
    with counted() as statements:
        form = soup(browser.get(f"/write/{post.id}")).form("#editor")
    assert len(statements) == 4, statements
    assert browser.post(f"/write/{post.id}", data=form | {"body": "Changed."}).status_code == 303
    with counted() as statements:
        assert soup(browser.get(f"/write/{post.id}")).form("#editor")["tags"] == "a, b, c"
    assert len(statements) == 3, statements


def test_readers_have_no_list(make: Make, sign_in: SignIn) -> None:
    assert sign_in(make.user()).get("/write").status_code == 403


def test_an_empty_list_says_what_to_do(sign_in: SignIn, ada: User) -> None:
    assert soup(sign_in(ada).get("/write")).link("Write one") == "/write/new"


def test_strangers_have_no_list(client: TestClient) -> None:
    assert client.get("/write").status_code == 303
