import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.accounts.counting import Counting
from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.accounts.passwords import Passwords
from web.app import Colophon
from web.models.login_session import SignInFailure
from web.models.user import User


def post(client: TestClient, login: str, password: str = PASSWORD, **fields: str) -> Response:
    return client.post("/sign-in", data={"login": login, "password": password, **fields})


def test_the_form_has_the_labels_that_people_look_for(client: TestClient) -> None:
    page = soup(client.get("/sign-in"))
    assert page.text("label[for=login]") == "Username or email"
    assert page.text("label[for=password]") == "Password"
    assert page.button("Sign in")
    assert page.attribute("#login", "autocomplete") == "username"
    assert page.attribute("#password", "autocomplete") == "current-password"
    assert page.attribute("#password", "type") == "password"


def test_the_form_takes_one_statement(client: TestClient, counted: Counted) -> None:
    with counted() as statements:
        client.get("/sign-in")
    assert len(statements) == 1


@pytest.mark.parametrize("login", ["ada", "ADA", " ada ", "ada@example.org", "Ada@Example.org"])
def test_name_or_address_and_password_sign_in(client: TestClient, make: Make, login: str) -> None:
    make.user("ada")
    answer = post(client, login)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "Sign out" in client.get("/").text


def test_with_htmx_the_whole_window_goes_on(client: TestClient, make: Make) -> None:
    make.user("ada")
    fields = {"login": "ada", "password": PASSWORD, "next": "/messages"}
    answer = client.post("/sign-in", data=fields, headers=as_htmx)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/messages"
    assert answer.text == ""
    assert "Sign out" in client.get("/").text


@pytest.mark.parametrize(
    ("login", "password"),
    [("ada", "wrong horse battery"), ("nobody", PASSWORD), ("ada", PASSWORD.upper()), ("ada", f" {PASSWORD}")],
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    client: TestClient, make: Make, login: str, password: str
) -> None:
    make.user("ada")
    answer = post(client, login, password)
    assert answer.status_code == 422
    page = soup(answer)
    assert page.text("#password-error") == (
        "This name and this password do not belong together. Please check both and try again."
    )
    assert page.attribute("#login", "value") == login
    assert page.attribute("#password", "value") == ""
    assert password not in answer.text
    assert client.cookies.get("colophon") is None


def test_with_htmx_a_wrong_password_gives_the_form_alone(client: TestClient, make: Make) -> None:
    make.user("ada")
    fields = {"login": "ada", "password": "wrong", "next": "/write"}
    answer = client.post("/sign-in", data=fields, headers=as_htmx)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    page = soup(answer)
    assert page.attribute("#login", "value") == "ada"
    assert page.attribute("[name=next]", "value") == "/write"
    assert page.has("#password-error")


@pytest.mark.parametrize("state", ["inactive", "without a password"])
def test_whoever_may_not_sign_in_gets_the_answer_of_a_wrong_password(
    client: TestClient, make: Make, state: str
) -> None:
    make.user("ada", is_active=state != "inactive", password=PASSWORD if state == "inactive" else None)
    answer = post(client, "ada")
    assert answer.status_code == 422
    assert soup(answer).has("#password-error")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "login"),
        ({"login": "a\x00da", "password": PASSWORD}, "login"),
        ({"login": "ada", "password": "x" * 257}, "password"),
    ],
)
def test_what_cannot_be_right_is_told_at_its_field_and_not_counted(
    client: TestClient, make: Make, read: Read, fields: dict[str, str], field: str
) -> None:
    make.user("ada")
    answer = client.post("/sign-in", data=fields)
    assert answer.status_code == 422
    page = soup(answer)
    assert page.attribute(f"#{field}", "aria-invalid") == "true"
    assert page.attribute(f"#{field}", "aria-describedby") == f"{field}-error"
    assert read.count(SignInFailure) == 0


def test_bytes_that_are_no_utf_8_are_told(client: TestClient, make: Make) -> None:
    make.user("ada")
    answer = client.post(
        "/sign-in",
        content=b"login=ad%ff&password=correct+horse+battery",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 422
    assert "UTF-8" in soup(answer).text("#login-error")


def test_the_wanted_page_is_kept_and_gone_to(client: TestClient, make: Make) -> None:
    make.user("ada")
    form = soup(client.get("/sign-in?next=/write/7%3Ftab=1")).form("form[action='/sign-in']")
    assert form["next"] == "/write/7?tab=1"
    assert post(client, "ada", next=form["next"]).headers["location"] == "/write/7?tab=1"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example"])
def test_nobody_is_sent_to_another_site(client: TestClient, make: Make, wanted: str) -> None:
    make.user("ada")
    assert not soup(client.get("/sign-in", params={"next": wanted})).has("[name=next]")
    assert post(client, "ada", next=wanted).headers["location"] == "/"


def test_a_page_for_people_with_an_account_leads_here_and_back(client: TestClient, make: Make) -> None:
    make.user("ada")
    address = client.get("/account").headers["location"]
    assert address == "/sign-in?next=/account"
    form = soup(client.get(address)).form("form[action='/sign-in']")
    assert post(client, "ada", next=form["next"]).headers["location"] == "/account"


def test_whoever_is_signed_in_goes_where_they_wanted(sign_in: SignIn, make: Make) -> None:
    browser = sign_in(make.user("ada"))
    assert browser.get("/sign-in").headers["location"] == "/"
    answer = browser.get("/sign-in?next=/messages")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/messages"


def test_a_hash_of_old_cost_is_replaced(client: TestClient, make: Make, app: Colophon, read: Read) -> None:
    ada = make.user("ada")
    app.state.passwords = Passwords(memory_kib=16, rounds=2)
    post(client, "ada")
    stored = str(read(User, ada.id).password_hash)
    assert stored != ada.password_hash
    assert "m=16,t=2" in stored
    assert post(client, "ada").status_code == 303
    assert read(User, ada.id).password_hash == stored


@pytest.mark.parametrize("login", ["ada", "nobody", "ines", "otto"])
def test_whoever_is_unknown_costs_one_check_as_everybody_does(
    client: TestClient, make: Make, app: Colophon, login: str
) -> None:
    app.state.passwords = passwords = Counting()
    make.user("ada")
    make.user("ines", is_active=False)
    make.user("otto", password=None)
    assert post(client, login, "wrong").status_code == 422
    assert passwords.verifications == 1


def test_other_sites_cannot_sign_anybody_in(client: TestClient, make: Make) -> None:
    make.user("ada")
    fields = {"login": "ada", "password": PASSWORD}
    answer = client.post("/sign-in", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.cookies.get("colophon") is None


def test_a_failure_holds_no_slot_and_no_connection_while_hashing(client: TestClient, make: Make, app: Colophon) -> None:
    held: list[int] = []

    class Watching(Passwords):
        def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
            held.append(app.state.database.engine.pool.checkedout())
            return super().verify(password, stored)

    app.state.passwords = Watching(8, 1)
    make.user("ada")
    assert post(client, "ada").status_code == 303
    assert post(client, "nobody").status_code == 422
    assert held == [0, 0]
