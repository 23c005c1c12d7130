"""The feed of comments."""

from datetime import timedelta

from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.feeds.parsing import ATOM, THREAD, contents, parsed, titles, xml
from tests.support.clock import Clock
from tests.support.factories import Make


def test_a_comment_says_who_answered_what(client: TestClient, make: Make, clock: Clock) -> None:
    post = make.post(title="Tom & Jerry", slug="tom")
    later = clock.now + timedelta(minutes=5)
    comment = make.comment(post, make.user("ada", role="author"), body="I & <b>", edited_at=later)
    response = client.get("/comments/feed.xml")
    (entry,) = parsed(response).entries
    assert entry.id == f"urn:uuid:{comment.uid}"
    assert entry.title == "Ada on “Tom & Jerry”"
    assert entry.link == f"http://testserver/posts/tom#comment-{comment.id}"
    assert (entry.published, entry.updated) == ("2026-11-22T13:05:00Z", "2026-11-22T13:10:00Z")
    assert contents(response) == ["<p>I &amp; &lt;b&gt;</p>\n"]
    answered = xml(response).find(f"{ATOM}entry/{THREAD}in-reply-to")
    assert answered is not None
    assert answered.attrib["ref"] == f"urn:uuid:{post.uid}"
    assert answered.attrib["href"] == "http://testserver/posts/tom"


def test_only_those_who_have_a_page_are_linked(client: TestClient, make: Make) -> None:
    post = make.post()
    for user in (make.user("ada", role="author"), make.user("rea"), None):
        make.comment(post, user)
    make.comment(post, guest_name="")
    found = [entry.author_detail for entry in parsed(client.get("/comments/feed.xml")).entries]
    ada = {"name": "Ada", "href": "http://testserver/authors/ada"}
    assert found == [{"name": "Someone"}, {"name": "A guest"}, {"name": "Rea"}, ada]


def test_the_newest_twenty_are_in_order(client: TestClient, make: Make) -> None:
    post, ada = make.post(), make.user("ada")
    for number in range(25):
        make.comment(post, ada, body=f"Remark {number}")
    expected = [f"<p>Remark {number}</p>\n" for number in range(24, 4, -1)]
    assert contents(client.get("/comments/feed.xml")) == expected


def test_only_what_everybody_may_read_is_in_it(client: TestClient, make: Make, clock: Clock) -> None:
    post = make.post(title="Public")
    make.comment(post, guest_name="Yes")
    make.comment(post, guest_name="No", status="pending")
    make.comment(post, guest_name="No", status="rejected")
    make.comment(post, guest_name="No", deleted_at=clock.now)
    make.comment(make.post(published=False), guest_name="No")
    make.comment(make.post(deleted_at=clock.now), guest_name="No")
    assert titles(client.get("/comments/feed.xml")) == ["Yes on “Public”"]


def test_it_takes_two_statements_for_one_comment_and_for_twenty(
    client: TestClient, make: Make, counted: Counted
) -> None:
    post, other, reader = make.post(), make.post(), make.user()
    make.comment(post, reader)
    with counted() as for_one:
        client.get("/comments/feed.xml")
    for number in range(19):
        make.comment(other, reader if number % 2 else None)
    with counted() as for_twenty:
        client.get("/comments/feed.xml")
    assert len(for_one) == len(for_twenty) == 2
