"""What a sign-in leaves behind: a row, a cookie, and nothing that was there before."""

from httpx2 import Response
from starlette.testclient import TestClient

from tests.support.clients import Clients, SignIn, signed
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.app import Colophon
from web.models.login_session import LoginSession
from web.models.user import User


def post(client: TestClient, login: str, password: str = PASSWORD, **fields: str) -> Response:
    return client.post("/sign-in", data={"login": login, "password": password, **fields})


def session_cookie(client: TestClient) -> str | None:
    return client.cookies.get("colophon")


def plant(client: TestClient, cookie: str) -> None:
    # In the place where the server's own answer would put it.
    client.cookies.set("colophon", cookie, domain="testserver.local")


def test_each_sign_in_makes_a_session_of_its_own(make: Make, sign_in: SignIn, read: Read, clock: Clock) -> None:
    ada = make.user("ada")
    first, second = sign_in(ada), sign_in(ada)
    assert session_cookie(first) != session_cookie(second)
    sessions = read.all(LoginSession)
    assert len({session.token_hash for session in sessions}) == 2
    assert [(session.user_id, session.created_at, session.address) for session in sessions] == [
        (ada.id, clock.now, "testclient")
    ] * 2


def test_the_database_holds_no_token(make: Make, sign_in: SignIn, read: Read) -> None:
    cookie = str(session_cookie(sign_in(make.user("ada"))))
    assert read.all(LoginSession)[0].token_hash not in cookie
    assert len(read.all(LoginSession)[0].token_hash) == 64


def test_signing_in_again_replaces_the_session_of_the_browser(sign_in: SignIn, make: Make, read: Read) -> None:
    browser = sign_in(make.user("ada"))
    old = read.all(LoginSession)[0].token_hash
    assert post(browser, "ada").status_code == 303
    assert [session.token_hash == old for session in read.all(LoginSession)] == [False]


def test_a_browser_can_change_hands(sign_in: SignIn, make: Make, read: Read) -> None:
    browser, bob = sign_in(make.user("ada")), make.user("bob")
    assert post(browser, "bob").status_code == 303
    assert [session.user_id for session in read.all(LoginSession)] == [bob.id]


def test_a_cookie_that_somebody_else_planted_is_of_no_use_to_them(clients: Clients, make: Make) -> None:
    make.user("mallory")
    make.user("ada")
    attacker, victim = clients.open(), clients.open()
    post(attacker, "mallory")
    planted = str(session_cookie(attacker))
    plant(victim, planted)
    assert post(victim, "ada").status_code == 303
    assert session_cookie(victim) != planted
    assert "Mallory" not in victim.get("/account").text
    assert attacker.get("/account").status_code == 303, "the planted session has ended with the sign-in"


def test_what_else_stood_in_the_cookie_is_gone(client: TestClient, make: Make, app: Colophon) -> None:
    make.user("ada")
    session = {"token": "planted", "flashes": [["notice", "Kept"]], "x": 1}
    plant(client, signed(session, app.state.secret_key))
    post(client, "ada")
    answer = client.get("/account")
    assert answer.status_code == 200
    assert soup(answer).texts(".notice") == ["Kept"]


def test_old_sessions_of_the_person_are_cleared_away(make: Make, sign_in: SignIn, read: Read, clock: Clock) -> None:
    ada, bob = make.user("ada"), make.user("bob")
    sign_in(ada)
    sign_in(bob)
    clock.advance(days=90)
    sign_in(ada)
    assert sorted(session.user_id for session in read.all(LoginSession)) == [ada.id, bob.id]


def test_a_session_ends_after_ninety_days(make: Make, sign_in: SignIn, clock: Clock) -> None:
    browser = sign_in(make.user("ada"))
    clock.advance(days=89)
    assert browser.get("/account").status_code == 200
    clock.advance(days=1)
    assert browser.get("/account").status_code == 303


def test_whoever_is_made_inactive_is_signed_out(make: Make, sign_in: SignIn, app: Colophon) -> None:
    ada = make.user("ada")
    browser = sign_in(ada)
    with app.state.database.session() as session:
        session.get_one(User, ada.id).is_active = False
    assert browser.get("/account").status_code == 303


def test_a_long_user_agent_is_cut(client: TestClient, make: Make, read: Read) -> None:
    make.user("ada")
    fields = {"login": "ada", "password": PASSWORD}
    assert client.post("/sign-in", data=fields, headers={"user-agent": "x" * 5000}).status_code == 303
    assert read.all(LoginSession)[0].user_agent == "x" * 300


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: TestClient, make: Make) -> None:
    make.user("ada")
    cookie = post(client, "ada").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/;" in cookie
    assert f"max-age={90 * 24 * 3600}" in cookie
