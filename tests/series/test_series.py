"""Posts that are read one after the other."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.publishing.conftest import BOTH
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.app import Colophon
from web.models.post import Post
from web.models.series import PostSeriesAssociation, Series
from web.models.user import User


def put(client: TestClient, post: Post, series: str = "Birds", position: str = "", headers: dict | None = None):  # type: ignore[type-arg] # noqa: ANN201
    data = {"series": series, "position": position}
    return client.post(f"/write/{post.id}/series", data=data, headers=headers or {})


def parts(client: TestClient, slug: str = "birds") -> list[str]:
    return soup(client.get(f"/series/{slug}")).texts(".series-parts a")


@pytest.fixture
def posts(make: Make, ada: User) -> list[Post]:
    return [make.post(ada, title=title) for title in ("Heron", "Egret", "Crane", "Stork", "Ibis")]


@BOTH
def test_posts_stand_in_the_order_that_was_typed(
    browser: TestClient,
    client: TestClient,
    posts: list[Post],
    read: Read,
    headers: dict[str, str],
) -> None:
    for post in posts:
        assert put(browser, post, headers=headers).status_code == (200 if headers else 303)
    assert parts(client) == ["Heron", "Egret", "Crane", "Stork", "Ibis"]
    for post, position, expected in [
        (posts[4], "1", ["Ibis", "Heron", "Egret", "Crane", "Stork"]),
        (posts[4], "3", ["Heron", "Egret", "Ibis", "Crane", "Stork"]),
        (posts[0], "", ["Egret", "Ibis", "Crane", "Stork", "Heron"]),
        (posts[1], "99", ["Ibis", "Crane", "Stork", "Heron", "Egret"]),
    ]:
        put(browser, post, " birds! ", position, headers)
        assert parts(client) == expected
    assert sorted(row.position for row in read.all(PostSeriesAssociation)) == [1, 2, 3, 4, 5]
    assert read.count(Series) == 1
    page = soup(browser.get(f"/write/{posts[4].id}/settings"))
    sent = page.form("#series form")
    assert (sent["series"], sent["position"]) == ("Birds", "1")


def test_a_post_knows_its_place(browser: TestClient, client: TestClient, posts: list[Post]) -> None:
    for post in posts:
        put(browser, post)
    page = soup(client.get("/posts/egret"))
    assert page.text(".post-header .field-hint") == "Part 2 of 5 of Birds"
    assert page.link("Birds") == "/series/birds"
    assert page.text("a[rel=prev]") == "Heron"
    assert page.attribute("a[rel=next]", "href") == "/posts/crane"
    assert not soup(client.get("/posts/heron")).has("a[rel=prev]")
    assert not soup(client.get("/posts/ibis")).has("a[rel=next]")
    assert "5 parts" in soup(client.get("/series")).text("main li")


def test_what_is_not_listed_is_no_part_for_readers(
    browser: TestClient,
    client: TestClient,
    make: Make,
    ada: User,
    clock: Clock,
) -> None:
    columns = [{}, {"published": False}, {"post_visibility_lookup_code": "unlisted"}, {"deleted_at": clock.now}, {}]
    posts = [make.post(ada, title=f"Post {number}", **more) for number, more in enumerate(columns)]
    for post in posts:
        put(browser, post)
    assert parts(client) == parts(browser) == ["Post 0", "Post 4"]
    assert "Part 2 of 2" in soup(client.get("/posts/post-4")).text(".post-header")
    assert soup(client.get("/posts/post-4")).text("a[rel=prev]") == "Post 0"
    unlisted = soup(client.get("/posts/post-2"))
    assert "Part 2 of 3" in unlisted.text(".post-header")
    assert "Part 2 of 3" in soup(browser.get("/posts/post-1")).text(".post-header")


def test_a_series_without_listed_parts_is_for_writers(
    browser: TestClient,
    client: TestClient,
    make: Make,
    ada: User,
) -> None:
    put(browser, make.post(ada, title="Heron", post_visibility_lookup_code="unlisted"))
    assert client.get("/series/birds").status_code == 404
    assert browser.get("/series/birds").status_code == 200
    assert not soup(client.get("/posts/heron")).has("a[href='/series/birds']")
    assert soup(client.get("/series")).text(".empty-title") == "No series yet"
    assert client.get("/series/nothing").status_code == 404


@BOTH
def test_a_post_leaves_or_changes_its_series(
    browser: TestClient,
    client: TestClient,
    posts: list[Post],
    read: Read,
    headers: dict[str, str],
) -> None:
    for post in posts[:3]:
        put(browser, post)
    put(browser, posts[0], "Waders", headers=headers)
    assert (parts(client), parts(client, "waders")) == (["Egret", "Crane"], ["Heron"])
    put(browser, posts[1], "", headers=headers)
    assert parts(client) == ["Crane"]
    assert not soup(client.get("/posts/egret")).has(".series-place")
    put(browser, posts[0], "", headers=headers)
    assert [series.slug for series in read.all(Series)] == ["birds"], "a title alone is nothing to keep"


def test_what_was_written_about_a_series_stays(
    browser: TestClient,
    posts: list[Post],
    read: Read,
    make: Make,
    sign_in: SignIn,
) -> None:
    put(browser, posts[0])
    editor = sign_in(make.user(role="editor"))
    editor.post("/series/birds/edit", data={"title": "Birds", "description": "Long legs."})
    put(browser, posts[0], "")
    assert [series.description for series in read.all(Series)] == ["Long legs."]


@BOTH
@pytest.mark.parametrize(
    ("series", "position", "field", "message"),
    [
        ("x" * 201, "", "series-name", "at most 200 characters"),
        ("a\x07", "", "series-name", "control character"),
        ("Birds", "0", "position", "a number from 1"),
        ("Birds", "-1", "position", "a number from 1"),
        ("Birds", "201", "position", "a number from 1"),
        ("Birds", "first", "position", "a number from 1"),
        ("Birds", "\u0661", "position", "a number from 1"),
        ("Birds", "9" * 5000, "position", "a number from 1"),
    ],
)
def test_bad_input_comes_back_with_a_reason(
    browser: TestClient,
    posts: list[Post],
    read: Read,
    headers: dict[str, str],
    series: str,
    position: str,
    field: str,
    message: str,
) -> None:
    response = put(browser, posts[0], series, position, headers)
    assert response.status_code == 422
    assert message in soup(response).text(f"#{field}-error")
    assert soup(response).form("#series form")["position"] == position
    assert read.count(Series) == 0


def test_a_series_is_not_endless(browser: TestClient, make: Make, posts: list[Post], ada: User) -> None:
    make.add(Series(id=1, slug="birds", title="Birds"))
    others = [make.post(ada) for _ in range(200)]
    make.add(*(PostSeriesAssociation(series_id=1, post_id=post.id, position=1) for post in others))
    response = put(browser, posts[0])
    assert response.status_code == 422
    assert "at most 200 parts" in soup(response).text("#series-name-error")


def test_the_same_new_series_by_many(
    app: Colophon, make: Make, sign_in: SignIn, read: Read, client: TestClient
) -> None:
    authors = [make.user(role="author") for _ in range(5)]
    data = {"series": "Birds", "position": "1"}
    presses = [Press(sign_in(author), f"/write/{make.post(author).id}/series", data) for author in authors]
    assert {response.status_code for response in at_once(app, presses)} == {303}
    assert read.count(Series) == 1
    assert sorted(row.position for row in read.all(PostSeriesAssociation)) == [1, 2, 3, 4, 5]
    assert len(parts(client)) == 5


@pytest.mark.parametrize("count", [1, 20])
def test_a_part_takes_no_statement_more(
    client: TestClient,
    make: Make,
    ada: User,
    counted: Counted,
    count: int,
) -> None:
    alone = make.post(ada, tags="a, b")
    with counted() as without:
        client.get(f"/posts/{alone.slug}")
    make.add(Series(id=1, slug="birds", title="Birds"))
    posts = [make.post(ada, tags="a, b") for _ in range(count)]
    make.add(*(PostSeriesAssociation(series_id=1, post_id=post.id, position=n) for n, post in enumerate(posts)))
    with counted() as statements:
        client.get(f"/posts/{posts[0].slug}")
    assert len(statements) == len(without) == 4
    with counted() as statements:
        client.get("/series/birds")
    assert len(statements) == 3
    with counted() as statements:
        client.get("/series")
    assert len(statements) == 2
