"""A cookie becomes a user in one statement, and noting when somebody was seen disturbs nobody."""

from concurrent.futures import ThreadPoolExecutor

from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.reading import Read
from web.app import Colophon
from web.models.login_session import SEEN_INTERVAL, LoginSession


def statements_about_people(statements: list[str]) -> list[str]:
    return [statement for statement in statements if "login_session" in statement]


def test_no_cookie_no_statement(client: TestClient, counted: Counted) -> None:
    with counted() as statements:
        client.get("/")
    assert statements_about_people(statements) == []


def test_a_cookie_costs_one_statement(make: Make, sign_in: SignIn, counted: Counted) -> None:
    ada = make.user("ada")
    for _ in range(3):
        make.message(ada)
    client = sign_in(ada)
    with counted() as statements:
        client.get("/")
    assert len(statements_about_people(statements)) == 1


def test_a_cookie_costs_nothing_where_nobody_asks_whose_it_is(make: Make, sign_in: SignIn, counted: Counted) -> None:
    client = sign_in(make.user("ada"))
    with counted() as statements:
        assert client.get("/robots.txt").status_code == 200
    assert statements == []


def test_what_is_made_for_one_person_is_kept_by_no_cache_on_the_way(
    client: TestClient, make: Make, sign_in: SignIn
) -> None:
    assert client.get("/").headers["cache-control"] == "no-cache"
    assert sign_in(make.user("ada")).get("/").headers["cache-control"] == "private, no-cache"


def test_somebody_is_seen_at_most_every_few_minutes(make: Make, sign_in: SignIn, clock: Clock, read: Read) -> None:
    client = sign_in(make.user("ada"))
    beginning = clock.now
    clock.advance(seconds=SEEN_INTERVAL.total_seconds() - 1)
    client.get("/")
    assert [login.last_seen_at for login in read.all(LoginSession)] == [beginning]
    clock.advance(seconds=2)
    client.get("/")
    assert [login.last_seen_at for login in read.all(LoginSession)] == [clock.now]


def test_a_fault_of_somebody_who_was_not_seen_lately_blocks_nobody(
    make: Make, sign_in: SignIn, faulty: TestClient, app: Colophon, clock: Clock
) -> None:
    """Noting that somebody was seen takes a slot; a failed request must not wait for its own."""
    ada = sign_in(make.user("ada"))
    clock.advance(minutes=10)
    faulty.cookies = ada.cookies
    with ThreadPoolExecutor() as threads:
        for path in ("/fault/plain", "/fault/commit"):
            assert threads.submit(faulty.post, path).result(timeout=20).status_code == 500
    assert ada.get("/account").status_code == 200


def test_somebody_who_may_not_sign_in_any_more_is_a_stranger(make: Make, sign_in: SignIn, read: Read) -> None:
    ada = make.user("ada")
    client = sign_in(ada)
    with make.database.session() as session:
        session.get_one(type(ada), ada.id).is_active = False
    assert client.get("/account").status_code == 303


def test_a_session_ends_after_its_time(make: Make, sign_in: SignIn, clock: Clock) -> None:
    client = sign_in(make.user("ada"))
    clock.advance(days=89)
    assert client.get("/account").status_code == 200
    clock.advance(days=2)
    assert client.get("/account").status_code == 303
