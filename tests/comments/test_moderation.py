"""The list of comments for those who decide about them."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import People
from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.comments.queries import QUEUE_SIZE
from web.models.comment import Comment
from web.models.post import Post

QUEUE = "/manage/comments"
BODIES = ".card .comment-body"


@pytest.fixture
def other(make: Make, people: People) -> Post:
    """A post of another author."""
    return make.post(people.ben, title="Other")


def test_each_sees_what_they_decide_about(sign_in: SignIn, people: People, make: Make, post: Post, other: Post) -> None:
    for place in (post, other, make.post(people.ada, title="Gone", deleted_at=make.clock.now)):
        make.comment(place, body=place.title, status="pending")
    both, seen = ["Other", "Hello"], {}
    for name in ("ada", "ben", "eve", "olga"):
        seen[name] = soup(sign_in(getattr(people, name)).get(QUEUE)).texts(BODIES)
    assert seen == {"ada": ["Hello"], "ben": ["Other"], "eve": both, "olga": both}


def test_it_is_closed_to_others(client: TestClient, sign_in: SignIn, people: People) -> None:
    assert client.get(QUEUE).headers["location"] == f"/sign-in?next={QUEUE}"
    for user in (people.rita, people.carl):
        assert sign_in(user).get(QUEUE).status_code == 403


def test_it_has_a_list_for_each_state(sign_in: SignIn, people: People, make: Make, post: Post) -> None:
    for state in ("pending", "approved", "rejected"):
        make.comment(post, people.rita if state == "approved" else None, body=state, status=state)
    make.comment(post, deleted_at=make.clock.now)
    eve = sign_in(people.eve)
    buttons = {
        "Waiting": ["Approve", "Reject", "Delete"],
        "Approved": ["Reject", "Delete"],
        "Rejected": ["Approve", "Delete"],
    }
    page = soup(eve.get(QUEUE))
    for name, texts in buttons.items():
        page = soup(eve.get(page.link(name)))
        assert page.text("nav [aria-current=page]:not(.masthead *)") == name
        assert len(page.texts(BODIES)) == 1
        assert page.texts(".card button") == texts
    assert page.link("guest@example.org") == "mailto:guest@example.org"
    assert soup(eve.get(f"{QUEUE}?state=nonsense&before=x")).texts(BODIES) == ["pending"]


def test_an_empty_list_says_so(sign_in: SignIn, people: People) -> None:
    ada = sign_in(people.ada)
    assert soup(ada.get(QUEUE)).text(".empty-title") == "Nothing waits"
    assert soup(ada.get(f"{QUEUE}?state=rejected")).text(".empty-title") == "Nothing here"


@pytest.mark.parametrize("action", ["approval", "rejection", "deletion"])
def test_a_decision_without_htmx_leads_back(
    sign_in: SignIn, people: People, make: Make, post: Post, read: Read, action: str
) -> None:
    comment = make.comment(post, status="pending")
    ada = sign_in(people.ada)
    response = ada.post(f"/comments/{comment.id}/{action}", data={"from": "queue"})
    assert (response.status_code, response.headers["location"]) == (303, QUEUE)
    page = soup(ada.get(QUEUE))
    assert page.text(".flashes").startswith("The comment is ")
    assert not page.has(BODIES)


@pytest.mark.parametrize("action", ["approval", "rejection", "deletion"])
def test_a_decision_with_htmx_says_what_became_of_it(
    sign_in: SignIn, people: People, make: Make, post: Post, action: str
) -> None:
    comment = make.comment(post, status="pending")
    response = sign_in(people.ada).post(f"/comments/{comment.id}/{action}", data={"from": "queue"}, headers=as_htmx)
    answer = soup(response)
    line = answer.one(f"p#queue-comment-{comment.id}[data-focus]")
    assert line.attributes["data-announce"] in line.text()
    assert answer.has("#unread-count[data-hx-swap-oob]")
    assert not answer.has("#comments-title")


def test_deleting_without_htmx_asks_first(sign_in: SignIn, people: People, make: Make, post: Post, read: Read) -> None:
    comment = make.comment(post, status="pending")
    ada = sign_in(people.ada)
    form = soup(ada.get(QUEUE)).one(f".card form[action='/comments/{comment.id}/deletion']")
    assert form.attributes["method"] == "get"
    page = soup(ada.get(f"/comments/{comment.id}/deletion?from=queue"))
    response = ada.post(f"/comments/{comment.id}/deletion", data=page.form("main form"))
    assert response.headers["location"] == QUEUE
    assert read.count(Comment) == 0


def test_it_pages_by_key(sign_in: SignIn, people: People, make: Make, post: Post, counted: Counted) -> None:
    eve = sign_in(people.eve)
    make.comment(post, body="0", status="pending")
    with counted() as for_one:
        eve.get(QUEUE)
    for number in range(1, QUEUE_SIZE + 2):
        make.comment(post, body=str(number), status="pending")
    with counted() as for_many:
        page = soup(eve.get(QUEUE))
    assert len(for_one) == len(for_many) <= 4
    assert page.texts(BODIES) == [str(number) for number in range(QUEUE_SIZE + 1, 1, -1)]
    older = page.link("Older comments")
    assert soup(eve.get(older)).texts(BODIES) == ["1", "0"]
    appended = soup(eve.get(older, headers=as_htmx))
    assert not appended.has("h1")
    assert appended.texts(".comment-body") == ["1", "0"]
    assert appended.one("article[data-focus]")
    assert not appended.has("a[rel=next]")
