"""A form that comes twice makes one comment."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import Headers, People
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.post import Post

pytestmark = pytest.mark.usefixtures("post")

ADDRESS = "/posts/hello/comments"


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_the_same_form_twice_makes_one_comment(rita: TestClient, read: Read, headers: Headers) -> None:
    form = soup(rita.get("/posts/hello")).form(".comment-form") | {"body": "Once."}
    first, second = (rita.post(ADDRESS, data=form, headers=headers) for _ in range(2))
    assert read.count(Comment) == 1
    assert first.status_code == second.status_code
    assert first.headers.get("location") == second.headers.get("location")
    assert soup(first).attributes("article", "id") == soup(second).attributes("article", "id")


def test_the_same_words_within_a_minute_make_one_comment(rita: TestClient, read: Read, clock: Clock) -> None:
    locations = [rita.post(ADDRESS, data={"body": "Once."}).headers["location"]]
    clock.advance(seconds=59)
    locations.append(rita.post(ADDRESS, data={"body": "Once."}).headers["location"])
    assert locations[0] == locations[1]
    clock.advance(seconds=2)
    rita.post(ADDRESS, data={"body": "Once."})
    assert read.count(Comment) == 2


def test_what_differs_is_no_repetition(
    rita: TestClient, sign_in: SignIn, people: People, make: Make, post: Post, read: Read
) -> None:
    parent = make.comment(post, people.rob)
    rita.post(ADDRESS, data={"body": "Same."})
    rita.post(ADDRESS, data={"body": "Other."})
    rita.post(ADDRESS, data={"body": "Same.", "parent": str(parent.id)})
    sign_in(people.rob).post(ADDRESS, data={"body": "Same."})
    assert read.count(Comment) == 5


def test_other_words_in_the_same_form_are_not_lost(rita: TestClient, read: Read) -> None:
    # The Back button shows the form once more, with the uid it had.
    form = soup(rita.get("/posts/hello")).form(".comment-form")
    rita.post(ADDRESS, data=form | {"body": "First."})
    rita.post(ADDRESS, data=form | {"body": "Second."})
    first, second = read.all(Comment)
    assert (first.body, second.body) == ("First.", "Second.")
    assert first.uid != second.uid


def test_any_uid_will_do(rita: TestClient, read: Read) -> None:
    for uid in ("x", "'", "0c2d0bb5", "0C2D0BB5-6A6A-4B29-8F0E-5B5D1A1F6A01", "{}", "\N{SNOWMAN}"):
        assert rita.post(ADDRESS, data={"body": f"Words {uid}.", "uid": uid}).status_code == 303
    assert {len(comment.uid) for comment in read.all(Comment)} == {36}


def test_a_form_sent_again_after_its_comment_was_rejected(
    rita: TestClient, make: Make, post: Post, people: People, read: Read
) -> None:
    uid = "0c2d0bb5-6a6a-4b29-8f0e-5b5d1a1f6a01"
    make.comment(post, people.rita, body="Once.", uid=uid, status="rejected")
    data = {"body": "Once.", "uid": uid}
    assert rita.post(ADDRESS, data=data).headers["location"] == "/posts/hello#comments"
    assert rita.post(ADDRESS, data=data, headers=as_htmx).status_code == 200
    assert read.count(Comment) == 1
