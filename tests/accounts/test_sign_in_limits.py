import anyio
import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.testclient import TestClient

from tests.accounts.counting import Counting
from tests.support.clients import Clients, SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.app import Colophon
from web.models.login_session import LoginSession, SignInFailure


@pytest.fixture
def passwords(app: Colophon) -> Counting:
    app.state.passwords = Counting()
    return app.state.passwords


def guess(client: TestClient, login: str = "ada", times: int = 1, password: str = "wrong horse battery") -> list[int]:
    fields = {"login": login, "password": password}
    return [client.post("/sign-in", data=fields).status_code for _ in range(times)]


def from_address(clients: Clients, address: str) -> TestClient:
    browser = TestClient(
        clients.app, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False, client=(address, 50_000)
    )
    return clients.stack.enter_context(browser)


def test_each_failure_is_stored_although_the_answer_is_an_error(
    client: TestClient, make: Make, read: Read, clock: Clock
) -> None:
    make.user("ada")
    guess(client, "Ada")
    guess(client, "nobody")
    stored = [(failure.login, failure.address, failure.failed_at) for failure in read.all(SignInFailure)]
    assert stored == [("ada", "testclient", clock.now), ("nobody", "testclient", clock.now)]


def test_after_ten_failures_nothing_is_looked_at(
    client: TestClient, make: Make, clock: Clock, passwords: Counting
) -> None:
    make.user("ada")
    assert guess(client, times=10) == [422] * 10
    clock.advance(minutes=3)
    answer = client.post("/sign-in", data={"login": "ada", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "420"
    assert "wait 7 minutes" in soup(answer).text("main")
    assert passwords.verifications == 10


def test_with_htmx_too(client: TestClient, make: Make) -> None:
    make.user("ada")
    guess(client, times=10)
    answer = client.post("/sign-in", data={"login": "ada", "password": PASSWORD}, headers=as_htmx)
    assert answer.status_code == 429
    assert "wait 10 minutes" in soup(answer).text("main")


def test_unknown_names_are_limited_just_the_same(clients: Clients) -> None:
    assert guess(from_address(clients, "192.0.2.1"), "nobody", times=11) == [422] * 10 + [429]


def test_a_name_that_grows_in_lower_case_is_unknown(client: TestClient) -> None:
    assert guess(client, "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" * 254) == [422]


def test_whoever_waits_may_try_again(client: TestClient, make: Make, clock: Clock) -> None:
    make.user("ada")
    guess(client, times=10)
    clock.advance(minutes=9, seconds=59)
    assert guess(client, password=PASSWORD) == [429]
    clock.advance(seconds=1)
    assert guess(client, password=PASSWORD) == [303]


def test_a_refused_attempt_does_not_prolong_the_wait(client: TestClient, make: Make, clock: Clock, read: Read) -> None:
    make.user("ada")
    guess(client, times=10)
    for _ in range(5):
        clock.advance(minutes=1)
        assert guess(client) == [429]
    assert read.count(SignInFailure) == 10


def test_a_name_is_limited_from_wherever_the_guesses_come(clients: Clients, make: Make) -> None:
    make.user("ada")
    make.user("bob")
    for number in range(10):
        assert guess(from_address(clients, f"192.0.2.{number}")) == [422]
    elsewhere = from_address(clients, "198.51.100.1")
    assert guess(elsewhere, "ada", password=PASSWORD) == [429]
    assert guess(elsewhere, "bob", password=PASSWORD) == [303]


def test_an_address_is_limited_whatever_the_names(clients: Clients, make: Make) -> None:
    make.user("ada")
    busy, elsewhere = from_address(clients, "192.0.2.1"), from_address(clients, "198.51.100.1")
    for number in range(10):
        assert guess(busy, f"user-{number}") == [422]
    assert guess(busy, "ada", password=PASSWORD) == [429]
    assert guess(elsewhere, "ada", password=PASSWORD) == [303]


def test_a_whole_ipv6_network_counts_as_one_address(clients: Clients, make: Make) -> None:
    make.user("ada")
    for number in range(10):
        assert guess(from_address(clients, f"2001:db8:1:2::{number}"), f"user-{number}") == [422]
    assert guess(from_address(clients, "2001:db8:1:2:a:b:c:d"), password=PASSWORD) == [429]
    assert guess(from_address(clients, "2001:db8:1:3::1"), password=PASSWORD) == [303]


def test_an_unknown_address_limits_nobody_else(clients: Clients, make: Make) -> None:
    make.user("ada")
    nowhere = from_address(clients, "")
    for number in range(10):
        assert guess(nowhere, f"user-{number}") == [422]
    assert guess(nowhere, "ada", password=PASSWORD) == [303]


@pytest.mark.parametrize("login", ["ada", "ada@example.org"])
def test_success_clears_the_failures_of_the_person(clients: Clients, make: Make, read: Read, login: str) -> None:
    make.user("ada")
    guess(from_address(clients, "192.0.2.1"), "ada", times=3)
    guess(from_address(clients, "192.0.2.1"), "ada@example.org", times=3)
    guess(from_address(clients, "192.0.2.1"), "bob", times=2)
    assert guess(from_address(clients, "198.51.100.1"), login, password=PASSWORD) == [303]
    assert [failure.login for failure in read.all(SignInFailure)] == ["bob", "bob"]


def test_what_no_longer_counts_is_deleted_on_the_way(client: TestClient, read: Read, clock: Clock) -> None:
    guess(client, "somebody", times=5)
    clock.advance(minutes=10)
    guess(client, "nobody")
    assert [failure.login for failure in read.all(SignInFailure)] == ["nobody"]


def test_many_guesses_at_once_get_no_further_than_one_by_one(app: Colophon, make: Make, read: Read) -> None:
    make.user("ada")
    statuses: list[int] = []

    async def guess_once(client: AsyncClient, number: int) -> None:
        # The right password comes last, when the limit has been reached.
        password = PASSWORD if number == 39 else f"wrong password {number}"
        answer = await client.post("/sign-in", data={"login": "ada", "password": password})
        statuses.append(answer.status_code)

    async def guess_all() -> None:
        transport = ASGITransport(app)
        async with (
            AsyncClient(transport=transport, base_url="http://testserver") as client,
            anyio.create_task_group() as group,
        ):
            for number in range(40):
                group.start_soon(guess_once, client, number)

    anyio.run(guess_all)
    # As many more may slip through as units of work can be under way at the same moment.
    assert 10 <= statuses.count(422) <= 10 + app.state.database.slots
    assert read.count(SignInFailure) == statuses.count(422)
    assert statuses.count(422) + statuses.count(429) == 40
    assert read.count(LoginSession) == 0


def test_the_present_password_cannot_be_guessed_without_end_either(
    sign_in: SignIn, make: Make, passwords: Counting
) -> None:
    browser = sign_in(make.user("ada"))
    fields = {"current_password": "wrong horse battery", "password": "another good password"}
    statuses = [browser.post("/account/password", data=fields).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert passwords.verifications == 11, "ten guesses and the sign-in"
