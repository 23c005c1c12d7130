import anyio
import pytest
from httpx2 import ASGITransport, AsyncClient, Response
from starlette.testclient import TestClient

from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.accounts import setup_token
from web.app import Colophon
from web.models.login_session import LoginSession
from web.models.setting import Setting
from web.models.user import User

FIELDS = {"username": "Ada", "email": "ada@example.org", "password": PASSWORD}


@pytest.fixture
def token(app: Colophon) -> str:
    return setup_token.make(app.state.secret_key)


def send(client: TestClient, token: str, **fields: str) -> Response:
    return client.post("/setup", data=FIELDS | {"token": token} | fields)


def test_the_form_has_the_labels_that_people_look_for(client: TestClient, token: str) -> None:
    answer = client.get(f"/setup?token={token}")
    assert answer.status_code == 200
    page = soup(answer)
    assert page.texts("form.form label")[:3] == ["Username", "Email", "Password"]
    assert page.button("Create account")
    assert page.form("main form") == {
        "username": "", "email": "", "password": "", "title": "Colophon", "token": token
    }  # fmt: skip


def test_the_first_account_owns_the_blog_and_is_signed_in(client: TestClient, token: str, read: Read) -> None:
    answer = send(client, token, title="Notes on Engines")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/manage"
    [ada] = read.all(User)
    assert (ada.username, ada.display_name, ada.role_lookup_code) == ("ada", "Ada", "owner")
    page = soup(client.get("/manage"))
    assert page.text(".masthead-title") == "Notes on Engines"
    assert "The blog is yours" in page.text(".flashes")


def test_with_htmx_the_whole_window_goes_on(client: TestClient, token: str, read: Read) -> None:
    answer = client.post("/setup", data=FIELDS | {"token": token}, headers=as_htmx)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/manage"
    assert read.count(User) == 1


def test_the_token_may_stand_in_the_address(client: TestClient, token: str, read: Read) -> None:
    assert client.post(f"/setup?token={token}", data=FIELDS).status_code == 303
    assert read.count(User) == 1


@pytest.mark.parametrize("title", ["", "  ", "Colophon"])
def test_a_title_that_says_nothing_new_is_not_stored(client: TestClient, token: str, read: Read, title: str) -> None:
    assert send(client, token, title=title).status_code == 303
    assert read.count(Setting) == 0


def test_the_owner_may_have_a_reserved_name(client: TestClient, token: str, read: Read) -> None:
    assert send(client, token, username="admin").status_code == 303
    assert read.all(User)[0].username == "admin"


@pytest.mark.parametrize("wrong", ["", "0" * 32, "ä", "\x00"])
def test_without_the_token_there_is_no_such_page(client: TestClient, read: Read, wrong: str) -> None:
    assert client.get("/setup", params={"token": wrong}).status_code == 404
    assert client.get("/setup").status_code == 404
    assert send(client, wrong).status_code == 404
    assert read.count(User) == 0


def test_the_token_of_another_blog_is_of_no_use(client: TestClient) -> None:
    assert client.get("/setup", params={"token": setup_token.make("another key")}).status_code == 404


def test_once_there_is_an_owner_there_is_no_such_page(client: TestClient, token: str, make: Make, read: Read) -> None:
    make.user("bob", role="owner")
    assert client.get(f"/setup?token={token}").status_code == 404
    assert send(client, token).status_code == 404
    assert read.count(User) == 1


def test_authors_of_imported_posts_do_not_take_the_owner_s_place(client: TestClient, token: str, make: Make) -> None:
    make.user("bob", role="author", is_active=False, password=None)
    assert client.get(f"/setup?token={token}").status_code == 200
    assert send(client, token).status_code == 303


def test_a_name_of_an_imported_author_is_taken(client: TestClient, token: str, make: Make, read: Read) -> None:
    make.user("ada", role="author", is_active=False, password=None, email=None)
    answer = send(client, token)
    assert answer.status_code == 422
    assert soup(answer).has("#username-error")
    assert read.count(User) == 1


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_bad_input_is_told_at_its_field_and_the_token_stays(
    client: TestClient, token: str, read: Read, headers: dict[str, str]
) -> None:
    fields = FIELDS | {"token": token, "password": "short", "title": "x" * 101}
    answer = client.post("/setup", data=fields, headers=headers)
    assert answer.status_code == 422
    page = soup(answer)
    assert "at least 12" in page.text("#password-error")
    assert "at most 100" in page.text("#title-error")
    assert page.attribute("#username", "value") == "Ada"
    assert page.attribute("[name=token]", "value") == token
    assert ("<html" in answer.text) is not bool(headers)
    assert read.count(User) == 0


def test_two_at_once_make_one_owner(app: Colophon, token: str, read: Read) -> None:
    answers: list[int] = []

    async def set_up(client: AsyncClient, number: int) -> None:
        fields = {"username": f"ada{number}", "email": f"ada{number}@example.org", "password": PASSWORD}
        answers.append((await client.post("/setup", data=fields | {"token": token})).status_code)

    async def set_up_together() -> None:
        async with (
            AsyncClient(transport=ASGITransport(app), base_url="http://testserver") as client,
            anyio.create_task_group() as group,
        ):
            for number in range(6):
                group.start_soon(set_up, client, number)

    anyio.run(set_up_together)
    assert sorted(answers) == [303, 404, 404, 404, 404, 404]
    assert read.count(User) == read.count(LoginSession) == 1
