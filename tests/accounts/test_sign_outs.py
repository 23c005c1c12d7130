from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.login_session import LoginSession


def test_signing_out_deletes_the_session_and_the_cookie(sign_in: SignIn, make: Make, read: Read) -> None:
    browser = sign_in(make.user("ada"))
    answer = browser.post("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "colophon=null" in answer.headers["set-cookie"]
    assert browser.cookies.get("colophon") is None
    assert read.count(LoginSession) == 0
    assert browser.get("/account").status_code == 303


def test_with_htmx_the_whole_window_goes_on(sign_in: SignIn, make: Make, read: Read) -> None:
    browser = sign_in(make.user("ada"))
    answer = browser.post("/sign-out", headers=as_htmx)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/"
    assert read.count(LoginSession) == 0


def test_the_masthead_has_a_button_for_it(sign_in: SignIn, make: Make) -> None:
    page = soup(sign_in(make.user("ada")).get("/"))
    assert page.button("Sign out")
    assert page.attribute(".masthead form", "action") == "/sign-out"
    assert page.attribute(".masthead form", "method") == "post"


def test_whoever_is_signed_out_stays_so(client: TestClient) -> None:
    answer = client.post("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_a_cookie_of_a_session_that_has_ended_is_taken_away(sign_in: SignIn, make: Make) -> None:
    ada = make.user("ada")
    browser, copy = sign_in(ada), sign_in(ada)
    copy.cookies.clear()
    copy.cookies.set("colophon", str(browser.cookies.get("colophon")), domain="testserver.local")
    browser.post("/sign-out")
    assert copy.get("/account").status_code == 303, "the token is worth nothing any more"
    assert copy.post("/sign-out").status_code == 303
    assert copy.cookies.get("colophon") is None


def test_other_browsers_stay_signed_in(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    here, there = sign_in(ada), sign_in(ada)
    here.post("/sign-out")
    assert read.count(LoginSession) == 1
    assert there.get("/account").status_code == 200


def test_a_link_cannot_sign_anybody_out(sign_in: SignIn, make: Make, read: Read) -> None:
    browser = sign_in(make.user("ada"))
    assert browser.get("/sign-out").status_code == 405
    assert browser.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert read.count(LoginSession) == 1


def test_signing_out_takes_two_statements(sign_in: SignIn, make: Make, counted: Counted) -> None:
    browser = sign_in(make.user("ada"))
    with counted() as statements:
        browser.post("/sign-out")
    assert len(statements) == 2
