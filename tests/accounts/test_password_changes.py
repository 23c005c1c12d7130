import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from tests.support.at_once import Press, at_once
from tests.support.clients import Clients, SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.passwords import LOW_COST, PASSWORD
from tests.support.reading import Read
from web.accounts.passwords import Passwords
from web.app import Colophon
from web.models.login_session import LoginSession, SignInFailure
from web.models.user import User

NEW = "a staple for the horse"
FIELDS = {"current_password": PASSWORD, "password": NEW}


def can_sign_in(clients: Clients, password: str) -> bool:
    return clients.open().post("/sign-in", data={"login": "ada", "password": password}).status_code == 303


def test_the_form_has_labels_and_helps_password_managers(sign_in: SignIn, make: Make) -> None:
    page = soup(sign_in(make.user("ada")).get("/account"))
    form = "form[action='/account/password']"
    assert page.texts(f"{form} label") == ["Current password", "New password"]
    assert page.attribute(f"{form} [autocomplete=username]", "value") == "ada"
    assert page.has(f"{form} [autocomplete=current-password]")
    assert page.has(f"{form} [autocomplete=new-password]")


def test_the_new_password_is_the_one_that_counts(sign_in: SignIn, make: Make, clients: Clients) -> None:
    browser = sign_in(make.user("ada"))
    answer = browser.post("/account/password", data=FIELDS)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account"
    assert "Your password has been changed." in soup(browser.get("/account")).text(".flashes")
    assert not can_sign_in(clients, PASSWORD)
    assert can_sign_in(clients, NEW)


def test_with_htmx_the_whole_window_goes_on(sign_in: SignIn, make: Make, clients: Clients) -> None:
    browser = sign_in(make.user("ada"))
    answer = browser.post("/account/password", data=FIELDS, headers=as_htmx)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/account"
    assert browser.get("/account").status_code == 200
    assert can_sign_in(clients, NEW)


def test_all_other_sessions_end(sign_in: SignIn, make: Make, read: Read) -> None:
    ada, bob = make.user("ada"), make.user("bob")
    here, there, elsewhere, of_bob = sign_in(ada), sign_in(ada), sign_in(ada), sign_in(bob)
    here.post("/account/password", data=FIELDS)
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == elsewhere.get("/account").status_code == 303
    assert of_bob.get("/account").status_code == 200
    assert sorted(session.user_id for session in read.all(LoginSession)) == [ada.id, bob.id]


def test_this_session_goes_on_under_a_fresh_token(sign_in: SignIn, make: Make, clients: Clients) -> None:
    browser, thief = sign_in(make.user("ada")), clients.open()
    thief.cookies.set("colophon", str(browser.cookies.get("colophon")), domain="testserver.local")
    assert thief.get("/account").status_code == 200
    browser.post("/account/password", data=FIELDS)
    assert thief.get("/account").status_code == 303
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_a_wrong_present_password_changes_nothing_and_is_counted(
    sign_in: SignIn, make: Make, read: Read, headers: dict[str, str]
) -> None:
    ada = make.user("ada")
    here, there = sign_in(ada), sign_in(ada)
    answer = here.post("/account/password", data=FIELDS | {"current_password": "wrong"}, headers=headers)
    assert answer.status_code == 422
    page = soup(answer)
    assert page.text("#current_password-error") == "This is not your present password."
    assert NEW not in answer.text
    assert ("<html" in answer.text) is not bool(headers)
    assert read(User, ada.id).password_hash == ada.password_hash
    assert [failure.login for failure in read.all(SignInFailure)] == ["ada"]
    assert there.get("/account").status_code == 200


def test_many_guesses_at_once_get_no_further_than_one_by_one(
    app: Colophon, sign_in: SignIn, make: Make, read: Read
) -> None:
    ada = make.user("ada")
    browser = sign_in(ada)
    guesses = [FIELDS | {"current_password": f"wrong password {number}"} for number in range(20)]
    # The right password comes last, when the limit has been reached.
    presses = [Press(browser, "/account/password", fields) for fields in [*guesses, FIELDS]]
    statuses = [answer.status_code for answer in at_once(app, presses)]
    # As many more may slip through as units of work can be under way at the same moment.
    assert 10 <= statuses.count(422) <= 10 + app.state.database.slots
    assert statuses.count(422) + statuses.count(429) == len(presses)
    assert read(User, ada.id).password_hash == ada.password_hash


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_bad_input_is_told_at_its_field_and_not_counted(
    sign_in: SignIn, make: Make, read: Read, headers: dict[str, str]
) -> None:
    fields = {"current_password": "wrong", "password": "short"}
    answer = sign_in(make.user("ada")).post("/account/password", data=fields, headers=headers)
    assert answer.status_code == 422
    assert "at least 12" in soup(answer).text("#new_password-error")
    assert read.count(SignInFailure) == 0


def test_a_password_that_was_changed_meanwhile_is_not_overwritten(
    sign_in: SignIn, make: Make, read: Read, app: Colophon
) -> None:
    ada = make.user("ada")
    theirs = Passwords(**LOW_COST).hash("what the command just set")

    class Late(Passwords):
        """Somebody resets the password while this browser's is being hashed."""

        def hash(self, password: str) -> str:
            if password == NEW:
                with app.state.database.session() as session:
                    session.get_one(User, ada.id).password_hash = theirs
            return super().hash(password)

    browser = sign_in(ada)
    app.state.passwords = Late(**LOW_COST)
    assert browser.post("/account/password", data=FIELDS).status_code == 422
    assert read(User, ada.id).password_hash == theirs


def test_a_session_that_was_ended_meanwhile_does_not_come_back(
    sign_in: SignIn, make: Make, read: Read, app: Colophon, clients: Clients
) -> None:
    class Late(Passwords):
        """Somebody signs this browser out while its password is being hashed."""

        def hash(self, password: str) -> str:
            if password == NEW:
                with app.state.database.session() as session:
                    session.execute(delete(LoginSession))
            return super().hash(password)

    browser = sign_in(make.user("ada"))
    app.state.passwords = Late(**LOW_COST)
    assert browser.post("/account/password", data=FIELDS).status_code == 303
    assert read.count(LoginSession) == 0
    assert browser.get("/account").status_code == 303
    assert can_sign_in(clients, NEW)


def test_hashing_holds_no_connection(sign_in: SignIn, make: Make, app: Colophon, client: TestClient) -> None:
    held: list[int] = []

    class Watching(Passwords):
        def hash(self, password: str) -> str:
            held.append(app.state.database.engine.pool.checkedout())
            return super().hash(password)

    browser = sign_in(make.user("ada"))
    app.state.passwords = Watching(**LOW_COST)
    held.clear()
    browser.post("/account/password", data=FIELDS)
    assert held == [0]
