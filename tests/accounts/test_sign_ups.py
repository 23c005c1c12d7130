from collections.abc import Callable

import anyio
import pytest
from httpx2 import ASGITransport, AsyncClient, Response
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.app import Colophon
from web.models.login_session import LoginSession
from web.models.user import User

FIELDS = {"username": "Ada.L", "email": "Ada@Example.org", "password": PASSWORD}


@pytest.fixture
def is_open(make: Make) -> None:
    make.setting("sign_up", "open")


@pytest.fixture
def send(client: TestClient) -> Callable[..., Response]:
    def send(**fields: str) -> Response:
        return client.post("/sign-up", data=FIELDS | fields)

    return send


@pytest.mark.usefixtures("is_open")
def test_the_form_has_the_labels_that_people_look_for(client: TestClient) -> None:
    page = soup(client.get("/sign-up"))
    assert page.texts("form.form label") == ["Username", "Email", "Password"]
    assert page.button("Create account")
    assert page.attribute("#password", "autocomplete") == "new-password"
    assert page.attribute("#email", "type") == "email"


@pytest.mark.usefixtures("is_open")
def test_signing_up_makes_a_reader_who_is_signed_in(client: TestClient, read: Read, clock: Clock) -> None:
    answer = client.post("/sign-up", data=FIELDS)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    [ada] = read.all(User)
    assert (ada.username, ada.display_name, ada.email) == ("ada.l", "Ada.L", "ada@example.org")
    assert (ada.role_lookup_code, ada.is_active, ada.created_at) == ("reader", True, clock.now)
    assert "Welcome, Ada.L" in soup(client.get("/")).text(".flashes")
    assert client.get("/account").status_code == 200


@pytest.mark.usefixtures("is_open")
def test_with_htmx_the_whole_window_goes_on(client: TestClient, read: Read) -> None:
    answer = client.post("/sign-up", data=FIELDS, headers=as_htmx)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/"
    assert read.count(User) == 1


@pytest.mark.usefixtures("is_open")
def test_the_password_signs_in_later(client: TestClient, send: Callable[..., Response]) -> None:
    send()
    client.post("/sign-out")
    assert client.post("/sign-in", data={"login": "ada.l", "password": PASSWORD}).status_code == 303


@pytest.mark.usefixtures("is_open")
def test_only_a_hash_of_the_password_is_stored(send: Callable[..., Response], read: Read) -> None:
    send()
    assert str(read.all(User)[0].password_hash).startswith("$argon2id$")


@pytest.mark.usefixtures("is_open")
def test_bad_input_is_told_at_its_field(send: Callable[..., Response], read: Read) -> None:
    answer = send(username="Admin", password="too short")
    assert answer.status_code == 422
    page = soup(answer)
    assert "reserved" in page.text("#username-error")
    assert "at least 12" in page.text("#password-error")
    assert page.attribute("#username", "aria-invalid") == "true"
    assert page.attribute("#username", "aria-describedby") == "username-hint username-error"
    assert page.attribute("#username", "value") == "Admin"
    assert page.attribute("#email", "value") == FIELDS["email"]
    assert page.attribute("#password", "value") == ""
    assert read.count(User) == 0


@pytest.mark.usefixtures("is_open")
def test_with_htmx_bad_input_gives_the_form_alone(client: TestClient) -> None:
    answer = client.post("/sign-up", data=FIELDS | {"email": "ada"}, headers=as_htmx)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert soup(answer).has("form #email-error")


@pytest.mark.usefixtures("is_open")
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"username": "ADA"}, ["username"]),
        ({"email": "ADA@example.org"}, ["email"]),
        ({"username": "Ada", "email": "ada@example.org"}, ["username", "email"]),
    ],
)
def test_a_taken_name_or_address_is_told_at_its_field(
    client: TestClient, make: Make, read: Read, fields: dict[str, str], wrong: list[str]
) -> None:
    make.user("ada")
    answer = client.post("/sign-up", data={"username": "bob", "email": "b@x.org", "password": PASSWORD} | fields)
    assert answer.status_code == 422
    page = soup(answer)
    assert [node.attributes["id"] for node in page.all(".field-error")] == [f"{field}-error" for field in wrong]
    assert read.count(User) == 1


@pytest.mark.usefixtures("is_open")
@pytest.mark.parametrize("same", ["username", "email"])
def test_of_two_who_want_the_same_at_the_same_moment_one_gets_it(app: Colophon, read: Read, same: str) -> None:
    people = [{"username": f"ada{n}", "email": f"ada{n}@example.org", "password": PASSWORD} for n in range(6)]
    for person in people:
        person[same] = people[0][same]
    answers: list[Response] = []

    async def sign_up(client: AsyncClient, person: dict[str, str]) -> None:
        answers.append(await client.post("/sign-up", data=person))

    async def sign_up_together() -> None:
        async with (
            AsyncClient(transport=ASGITransport(app), base_url="http://testserver") as client,
            anyio.create_task_group() as group,
        ):
            for person in people:
                group.start_soon(sign_up, client, person)

    anyio.run(sign_up_together)
    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422, 422, 422]
    for answer in answers:
        assert answer.status_code == 303 or soup(answer).has(f"#{same}-error")
    assert read.count(User) == read.count(LoginSession) == 1


@pytest.mark.parametrize(("mode", "words"), [("invitation", "by invitation"), ("closed", "no new accounts")])
def test_where_nobody_may_sign_up_it_is_said(client: TestClient, make: Make, read: Read, mode: str, words: str) -> None:
    make.setting("sign_up", mode)
    answer = client.get("/sign-up")
    assert answer.status_code == 200
    page = soup(answer)
    assert words in page.text("main")
    assert not page.has("main form")
    refused = client.post("/sign-up", data=FIELDS)
    assert refused.status_code == 403
    assert words in soup(refused).text("main")
    assert read.count(User) == 0


def test_the_default_is_by_invitation(client: TestClient) -> None:
    assert "by invitation" in soup(client.get("/sign-up")).text("h1")


@pytest.mark.usefixtures("is_open")
def test_whoever_is_signed_in_has_an_account_already(sign_in: SignIn, make: Make) -> None:
    answer = sign_in(make.user("bob")).get("/sign-up")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_the_sign_in_page_leads_here_only_where_it_is_open(client: TestClient, make: Make) -> None:
    assert "/sign-up" not in client.get("/sign-in").text
    make.setting("sign_up", "open")
    assert soup(client.get("/sign-in")).link("Create an account") == "/sign-up"


@pytest.mark.usefixtures("is_open")
def test_the_form_takes_one_statement(client: TestClient, counted: Counted) -> None:
    with counted() as statements:
        client.get("/sign-up")
    assert len(statements) == 1
