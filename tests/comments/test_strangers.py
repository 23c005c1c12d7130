"""Where only people with an account comment, strangers are told so and lose nothing."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import Headers, People, in_reply_to
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.comment import Comment
from web.models.post import Post

pytestmark = pytest.mark.usefixtures("post")

ADDRESS = "/posts/hello/comments"


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_what_a_stranger_wrote_is_kept(
    client: TestClient, app: Colophon, people: People, sign_in: SignIn, read: Read, headers: Headers
) -> None:
    response = client.post(ADDRESS, data={"body": "My <words>"}, headers=headers)
    answer = soup(response)
    assert response.status_code == 401
    assert answer.one(".comment-form a[target=_blank]").attributes["href"] == "/sign-in"
    form = answer.form(".comment-form")
    assert form["body"] == "My <words>"
    assert read.count(Comment) == 0
    # Having signed in in the other tab, the same form is sent again.
    assert sign_in(people.rita).post(ADDRESS, data=form).status_code == 303
    assert read.all(Comment)[0].body == "My <words>"


def test_a_strangers_answer_is_kept_with_what_it_answers(client: TestClient, make: Make, post: Post) -> None:
    parent = make.comment(post)
    response = client.post(ADDRESS, data={"body": "Mine", "parent": str(parent.id)}, headers=in_reply_to(parent))
    form = soup(response).form(".comment-form")
    assert (form["body"], form["parent"]) == ("Mine", str(parent.id))


def test_strangers_are_shown_the_door(client: TestClient, make: Make, post: Post) -> None:
    make.comment(post)
    page = soup(client.get("/posts/hello"))
    assert page.link("Sign in to comment") == "/sign-in?next=/posts/hello"
    assert not page.has(".comment-form")
    assert "Reply" not in page.texts("a")
    response = client.get(f"{ADDRESS}/new")
    assert (response.status_code, response.headers["location"]) == (303, f"/sign-in?next={ADDRESS}/new")
    response = client.get(f"{ADDRESS}/new", headers=as_htmx)
    assert response.status_code == 401
    assert soup(response).link("Sign in to comment") == "/sign-in?next=/posts/hello"


def test_anybody_is_told_where_to_make_an_account(client: TestClient, make: Make) -> None:
    assert "create an account" not in client.get("/posts/hello").text
    make.setting("sign_up", "open")
    assert soup(client.get("/posts/hello")).link("create an account") == "/sign-up"
