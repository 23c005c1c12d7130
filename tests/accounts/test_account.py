import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.models.login_session import LoginSession
from web.models.user import Role, User

ADDRESSES = ["/account/profile", "/account/password", "/account/sessions/1/deletion"]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def test_strangers_are_sent_to_sign_in(client: TestClient) -> None:
    assert client.get("/account").headers["location"] == "/sign-in?next=/account"
    for address in ADDRESSES:
        assert client.post(address).headers["location"] == "/sign-in?next=/"


def test_with_htmx_strangers_are_sent_to_sign_in_as_a_whole(client: TestClient) -> None:
    for address in ADDRESSES:
        answer = client.post(address, headers=as_htmx | {"HX-Current-URL": "http://testserver/account"})
        assert answer.status_code == 401
        assert answer.headers["hx-redirect"] == "/sign-in?next=/account"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_an_account_page(sign_in: SignIn, make: Make, role: Role) -> None:
    ada = make.user("ada", role=role, bio="I *count*.")
    page = soup(sign_in(ada).get("/account"))
    assert page.text("h1") == "Your account"
    assert page.attribute("#display_name", "value") == "Ada"
    assert page.text("#bio") == "I *count*."
    assert page.has("a[href='/authors/ada']") is ada.may_write


@pytest.mark.parametrize("sessions", [1, 20])
def test_the_page_takes_three_statements(
    sign_in: SignIn, make: Make, counted: Counted, clock: Clock, sessions: int
) -> None:
    ada = make.user("ada")
    browser = sign_in(ada)
    columns = {"user_id": ada.id, "created_at": clock.now, "last_seen_at": clock.now}
    make.add(
        *[
            LoginSession(token_hash=f"{number}", user_agent=FIREFOX, address="192.0.2.1", **columns)
            for number in range(sessions - 1)
        ]
    )
    with counted() as statements:
        page = soup(browser.get("/account"))
    assert len(page.all("#sessions li")) == sessions
    assert len(statements) == 3


def test_the_profile_is_saved(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    browser = sign_in(ada)
    answer = browser.post("/account/profile", data={"display_name": " Ada  Lovelace ", "bio": "Line 1\r\nLine 2"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account"
    stored = read(User, ada.id)
    assert (stored.display_name, stored.bio) == ("Ada  Lovelace", "Line 1\nLine 2")
    assert soup(browser.get("/account")).text(".flashes") == "Your profile has been saved."


def test_with_htmx_the_profile_is_saved_in_place(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    fields = {"display_name": "Ada Lovelace", "bio": ""}
    answer = sign_in(ada).post("/account/profile", data=fields, headers=as_htmx)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    page = soup(answer)
    assert page.text("form [data-announce]") == "Your profile has been saved."
    assert page.attribute("#display_name", "value") == "Ada Lovelace"
    assert read(User, ada.id).display_name == "Ada Lovelace"


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_whoever_was_signed_out_meanwhile_finds_every_word(client: TestClient, headers: dict[str, str]) -> None:
    fields = {"display_name": "Ada Lovelace", "bio": "I count."}
    answer = client.post("/account/profile", data=fields, headers=headers)
    assert answer.status_code == 401
    page = soup(answer)
    assert page.attribute("#display_name", "value") == "Ada Lovelace"
    assert page.text("#bio") == "I count."
    assert "not signed in" in page.text("form .notice")
    assert ("<html" in answer.text) is not bool(headers)


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_a_bad_profile_is_told_at_its_field_and_keeps_what_was_typed(
    sign_in: SignIn, make: Make, read: Read, headers: dict[str, str]
) -> None:
    ada = make.user("ada")
    fields = {"display_name": "x" * 101, "bio": "I count."}
    answer = sign_in(ada).post("/account/profile", data=fields, headers=headers)
    assert answer.status_code == 422
    page = soup(answer)
    assert "at most 100" in page.text("#display_name-error")
    assert page.attribute("#display_name", "value") == "x" * 101
    assert page.text("#bio") == "I count."
    assert ("<html" in answer.text) is not bool(headers)
    assert read(User, ada.id).display_name == "Ada"


def test_nobody_promotes_themselves_with_more_fields(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    fields = {"display_name": "Ada", "bio": "", "role_lookup_code": "owner", "username": "root", "is_active": ""}
    sign_in(ada).post("/account/profile", data=fields)
    stored = read(User, ada.id)
    assert (stored.role_lookup_code, stored.username, stored.is_active) == ("reader", "ada", True)


def test_the_biography_stands_on_the_author_page(sign_in: SignIn, make: Make, client: TestClient) -> None:
    sign_in(make.user("ada", role="author")).post(
        "/account/profile", data={"display_name": "Ada Lovelace", "bio": "I *count*."}
    )
    page = client.get("/authors/ada")
    assert "<em>count</em>" in page.text
    assert "Ada Lovelace" in page.text


def test_the_sessions_are_listed_in_words(sign_in: SignIn, make: Make, clock: Clock) -> None:
    ada = make.user("ada")
    elsewhere = sign_in(ada)
    clock.advance(hours=1)
    here = sign_in(ada)
    here.post("/sign-in", data={"login": "ada", "password": PASSWORD}, headers={"user-agent": FIREFOX})
    rows = soup(here.get("/account")).texts("#sessions li")
    assert "Firefox on Linux this browser" in rows[0]
    assert "22 November 2026, 14:05" in rows[0]
    assert "An unknown browser" in rows[1]
    assert "this browser" not in rows[1]
    assert "from testclient" in rows[1]
    rows = soup(elsewhere.get("/account")).texts("#sessions li")
    assert ["this browser" in row for row in rows] == [True, False]


def test_expired_sessions_are_not_listed(sign_in: SignIn, make: Make, clock: Clock) -> None:
    ada = make.user("ada")
    sign_in(ada)
    clock.advance(days=89)
    browser = sign_in(ada)
    clock.advance(days=2)
    assert len(soup(browser.get("/account")).all("#sessions li")) == 1


def ids_of(read: Read, user: User) -> list[int]:
    return [session.id for session in read.all(LoginSession) if session.user_id == user.id]


def test_one_s_other_browsers_can_be_signed_out(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    here, there = sign_in(ada), sign_in(ada)
    mine, other = ids_of(read, ada)
    answer = here.post(f"/account/sessions/{other}/deletion")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account"
    assert ids_of(read, ada) == [mine]
    assert there.get("/account").status_code == 303
    assert "signed out" in soup(here.get("/account")).text(".flashes")


def test_with_htmx_the_list_that_remains_comes_back(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    here, _there = sign_in(ada), sign_in(ada)
    mine, other = ids_of(read, ada)
    answer = here.post(f"/account/sessions/{other}/deletion", headers=as_htmx)
    assert answer.status_code == 200
    page = soup(answer)
    assert len(page.all("#sessions li")) == 1
    assert page.has("#sessions [data-announce]")
    assert ids_of(read, ada) == [mine]


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_ending_one_s_own_session_is_signing_out(
    sign_in: SignIn, make: Make, read: Read, headers: dict[str, str]
) -> None:
    ada = make.user("ada")
    browser = sign_in(ada)
    answer = browser.post(f"/account/sessions/{ids_of(read, ada)[0]}/deletion", headers=headers)
    assert answer.headers["hx-redirect" if headers else "location"] == "/"
    assert browser.cookies.get("colophon") is None
    assert ids_of(read, ada) == []


@pytest.mark.parametrize("headers", [{}, as_htmx])
@pytest.mark.parametrize("role", ["reader", "owner"])
def test_sessions_of_others_do_not_exist(
    sign_in: SignIn, make: Make, read: Read, role: str, headers: dict[str, str]
) -> None:
    ada, bob = make.user("ada", role=role), make.user("bob")
    browser, _ = sign_in(ada), sign_in(bob)
    assert browser.post(f"/account/sessions/{ids_of(read, bob)[0]}/deletion", headers=headers).status_code == 404
    assert browser.post("/account/sessions/999/deletion", headers=headers).status_code == 404
    assert browser.post(f"/account/sessions/{'9' * 18}/deletion", headers=headers).status_code == 404
    assert len(ids_of(read, bob)) == 1
