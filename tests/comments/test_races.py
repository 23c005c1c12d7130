"""Several people, or one with a nervous finger, at the same moment."""

from starlette.testclient import TestClient

from tests.comments.conftest import People
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.app import Colophon
from web.models.comment import Comment
from web.models.message import Message
from web.models.post import Post

ADDRESS = "/posts/hello/comments"
TIMES = 6


def test_one_form_sent_many_times(
    app: Colophon, sign_in: SignIn, make: Make, post: Post, people: People, read: Read
) -> None:
    rita, parent = sign_in(people.rita), make.comment(post, people.rob)
    for data in ({"uid": "0c2d0bb5-6a6a-4b29-8f0e-5b5d1a1f6a01", "body": "With."}, {"body": "Without a uid."}):
        press = Press(rita, ADDRESS, data | {"parent": str(parent.id)})
        answers = at_once(app, [press] * TIMES)
        assert {answer.status_code for answer in answers} == {303}
        assert len({answer.headers["location"] for answer in answers}) == 1
    assert (read.count(Comment), read.count(Message)) == (3, 2)


def test_one_guests_form_sent_many_times(
    app: Colophon, client: TestClient, make: Make, post: Post, guests: None, read: Read
) -> None:
    form = soup(client.get("/posts/hello")).form(".comment-form")
    make.clock.advance(seconds=5)
    words = {"name": "Gwen", "email": "gwen@example.org", "body": "Once."}
    answers = at_once(app, [Press(client, ADDRESS, form | words)] * TIMES)
    assert {answer.status_code for answer in answers} == {303}
    assert (read.count(Comment), read.count(Message)) == (1, 1)


def test_many_write_the_same(app: Colophon, sign_in: SignIn, make: Make, post: Post, read: Read) -> None:
    browsers = [sign_in(make.user()) for _ in range(TIMES)]
    uid = "0c2d0bb5-6a6a-4b29-8f0e-5b5d1a1f6a01"
    answers = at_once(app, [Press(browser, ADDRESS, {"body": "Me too.", "uid": uid}) for browser in browsers])
    assert {answer.status_code for answer in answers} == {303}
    assert read.count(Comment) == TIMES


def test_an_answer_is_never_swept_away_with_what_it_answers(
    app: Colophon, sign_in: SignIn, make: Make, post: Post, people: People, read: Read
) -> None:
    ada, rita = sign_in(people.ada), sign_in(people.rita)
    for number in range(TIMES):
        parent = make.comment(post, people.rob)
        answer, removal = at_once(
            app,
            [
                Press(rita, ADDRESS, {"body": f"Words {number}", "parent": str(parent.id)}),
                Press(ada, f"/comments/{parent.id}/deletion", {}),
            ],
        )
        assert removal.status_code == 303
        kept = [comment.body for comment in read.all(Comment)]
        if answer.status_code == 303:
            assert f"Words {number}" in kept
        else:
            assert answer.status_code == 422
            assert soup(answer.text).form(".comment-form")["body"] == f"Words {number}"


def test_a_comment_taken_away_twice_is_gone(
    app: Colophon, sign_in: SignIn, make: Make, post: Post, people: People, read: Read
) -> None:
    comment, ada = make.comment(post), sign_in(people.ada)
    removals = at_once(app, [Press(ada, f"/comments/{comment.id}/deletion", {})] * 2)
    assert {removal.status_code for removal in removals} <= {303, 404}
    assert read.count(Comment) == 0


def test_the_last_answers_taken_away_together_leave_no_place(
    app: Colophon, sign_in: SignIn, make: Make, post: Post, people: People, read: Read
) -> None:
    parent = make.comment(post, people.rob, deleted_at=make.clock.now)
    answers = [make.comment(post, people.rita, parent=parent) for _ in range(4)]
    ada = sign_in(people.ada)
    removals = at_once(app, [Press(ada, f"/comments/{answer.id}/deletion", {}) for answer in answers])
    assert {removal.status_code for removal in removals} == {303}
    assert read.count(Comment) == 0
