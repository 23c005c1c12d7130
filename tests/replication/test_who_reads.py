"""Strangers read from the replica; whoever wrote or signed in reads from the primary; all write to the primary."""

import time
from collections.abc import Iterator

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import text
from starlette.testclient import TestClient

from tests.support.clients import Clients, SignIn, signed
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from tests.support.replication import Replication
from web.app import Colophon
from web.database.replica import Replica
from web.http.replica_reading import COOKIE
from web.http.unit_of_work import REPLICA, REPLICA_POSITION
from web.models.comment import Comment
from web.models.post import Post
from web.models.user import User
from web.settings import Settings

NEW = "/posts/new-on-the-primary"


@pytest.fixture
def ada(make: Make) -> User:
    return make.user("ada", role="author")


@pytest.fixture
def late(client: TestClient, pair: Replication, make: Make, ada: User) -> Iterator[TestClient]:
    """A stranger's browser while the replica does not know of a post that the primary has."""
    make.setting("guests", "yes")
    make.post(ada, title="Hello")
    pair.catch_up()
    pair.standby.execute("SELECT pg_wal_replay_pause()")
    make.post(ada, title="New on the primary")
    yield client
    pair.standby.execute("SELECT pg_wal_replay_resume()")


def test_a_stranger_reads_from_the_replica(late: TestClient, on_primary: list[str]) -> None:
    assert late.get("/posts/hello").status_code == 200
    assert "Hello" in late.get("/").text
    assert late.head("/feed.xml").status_code == 200
    assert [late.get(NEW).status_code, late.head(NEW).status_code] == [404, 404]
    assert on_primary == []


def test_who_is_signed_in_reads_from_the_primary(late: TestClient, sign_in: SignIn, ada: User) -> None:
    browser = sign_in(ada)
    # The mark of the writing that signing in is: here it is not what decides.
    browser.cookies.delete(COOKIE)
    assert browser.get(NEW).status_code == 200


def test_what_a_session_or_a_token_says_is_asked_of_the_primary(late: TestClient, settings: Settings) -> None:
    ended = signed({"token": "of a session that has ended"}, settings.secret_key)
    assert late.get(NEW, headers={"Cookie": f"colophon={ended}"}).status_code == 200
    assert late.get(NEW, headers={"Authorization": "Bearer x"}).status_code == 200
    assert late.get(NEW, headers={"Cookie": "colophon=nonsense; other=1"}).status_code == 404


def test_a_guest_who_commented_reads_from_the_primary(late: TestClient, clock: Clock, read: Read) -> None:
    opened = soup(late.get("/posts/hello")).form(".comment-form")
    clock.advance(seconds=30)
    words = {"name": "Gwen", "email": "gwen@example.org", "body": "From afar."}
    answer = late.post("/posts/hello/comments", data=opened | words)
    assert answer.status_code == 303
    assert read.count(Comment) == 1
    late.get("/")
    assert "colophon" not in late.cookies, "the session is over: it was only there to say thank you"
    assert late.get(NEW).status_code == 200
    late.cookies.delete(COOKIE)
    assert late.get(NEW).status_code == 404, "and everybody else still reads from the replica"


def test_the_mark_of_a_writer_is_signed_and_short(late: TestClient, sign_in: SignIn, ada: User) -> None:
    browser = sign_in(ada)
    answer = browser.post("/sign-out")
    mark = next(cookie for cookie in answer.headers.get_list("set-cookie") if cookie.startswith(COOKIE))
    assert "httponly" in mark
    assert "samesite=lax" in mark
    assert "max-age=" in mark
    assert browser.get(NEW).status_code == 200
    forged = TimestampSigner("another secret", salt="colophon written").sign(b"").decode()
    browser.cookies.set(COOKIE, forged)
    browser.cookies.delete("colophon")
    assert late.get(NEW, headers={"Cookie": f"{COOKIE}={forged}"}).status_code == 404


@pytest.mark.parametrize(("age_seconds", "status"), [(-30, 200), (250, 200), (400, 404)])
def test_a_mark_counts_until_the_replica_surely_has_what_was_written(
    late: TestClient, settings: Settings, age_seconds: int, status: int
) -> None:
    class Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time()) - age_seconds

    mark = Signer(settings.secret_key, salt="colophon written").sign(b"").decode()
    assert late.get(NEW, headers={"Cookie": f"{COOKIE}={mark}"}).status_code == status


def test_what_was_refused_leaves_no_mark(late: TestClient) -> None:
    answer = late.post("/sign-in", data={"login": "", "password": ""})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_everything_is_written_to_the_primary(
    client: TestClient, app: Colophon, replica: Replica, ada: User, read: Read
) -> None:
    refused: list[str] = []
    with replica.open_session(read_only=True) as session:
        assert session.scalar(text("SHOW transaction_read_only")) == "on"
    client.post("/sign-in", data={"login": "ada", "password": PASSWORD})
    for title in ("One", "Two", "Three"):
        answer = client.post("/write", data={"title": title, "body": "Some words."})
        refused += [title] if answer.status_code != 303 else []
    assert refused == []
    assert read.count(Post) == 3
    assert replica.is_well, "nothing was tried there and refused"


def test_an_answer_says_where_it_comes_from(client: TestClient, app: Colophon, pair: Replication, make: Make) -> None:
    """Whoever keeps answers must know whether one may be older than the last commit, and than which."""
    states: list[dict[str, object]] = []
    inner = app.middleware_stack
    assert inner

    async def outer(scope: dict[str, object], receive: object, send: object) -> None:
        state = scope.setdefault("state", {})
        assert isinstance(state, dict)
        states.append(state)
        await inner(scope, receive, send)  # type: ignore[arg-type]

    app.middleware_stack = outer  # type: ignore[assignment]
    replica: Replica = app.state.replica
    make.post(title="Hello")
    pair.catch_up()
    client.get("/posts/hello")
    client.get("/posts/hello", headers={"Authorization": "Bearer x"})
    from_replica, from_primary = states
    assert from_replica[REPLICA] is True
    assert isinstance(from_replica[REPLICA_POSITION], int)
    assert not replica.has_all_changes(0)
    assert REPLICA not in from_primary


def test_without_a_replica_nothing_is_marked(settings: Settings, app: Colophon, clients: Clients, ada: User) -> None:
    from tests.support.clients import make_app

    alone = settings.model_copy(update={"database_replica_url": ""})
    clients.app = make_app(alone, app.state.database, app.state.clock)
    assert COOKIE not in clients.sign_in(ada).cookies
