import anyio
import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.user import User

NAMES = "li a[href^='/authors/']"


def test_the_list_has_name_role_and_state(sign_in: SignIn, make: Make) -> None:
    make.user("bob", role="author", is_active=False, password=None, email=None)
    rows = soup(sign_in(make.user("eve", role="editor")).get("/manage/people")).texts("main li")
    assert len(rows) == 2
    assert rows[0].startswith("Bob cannot sign in bob Author")
    assert "since 22 November 2026" in rows[0]
    assert rows[1].startswith("Eve eve Editor eve@example.org")


def test_editors_see_roles_but_cannot_change_them(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    browser = sign_in(make.user("eve", role="editor"))
    assert not soup(browser.get("/manage/people")).has("main form[method=post]")
    for headers in ({}, as_htmx):
        answer = browser.post(f"/manage/people/{ada.id}/role", data={"role": "owner"}, headers=headers)
        assert answer.status_code == 403
    assert read(User, ada.id).role_lookup_code == "reader"


@pytest.mark.parametrize("role", ["reader", "contributor", "author"])
def test_others_cannot_change_roles_either(sign_in: SignIn, make: Make, read: Read, role: str) -> None:
    ada = make.user("ada", role=role)
    assert sign_in(ada).post(f"/manage/people/{ada.id}/role", data={"role": "owner"}).status_code == 403
    assert read(User, ada.id).role_lookup_code == role


def test_strangers_are_sent_to_sign_in(client: TestClient, make: Make) -> None:
    address = f"/manage/people/{make.user('ada').id}/role"
    assert client.post(address, data={"role": "owner"}).headers["location"] == "/sign-in?next=/"


@pytest.mark.parametrize("people", [1, 20])
def test_the_list_takes_three_statements(sign_in: SignIn, make: Make, counted: Counted, people: int) -> None:
    for _ in range(people):
        make.user(password=None)
    browser = sign_in(make.user("eve", role="owner"))
    with counted() as statements:
        page = soup(browser.get("/manage/people"))
    assert len(page.all("main li")) == people + 1
    assert len(statements) == 3


def test_long_lists_go_on_by_name(sign_in: SignIn, make: Make, clock: Clock) -> None:
    names = [f"user-{number:03}" for number in range(120)]
    columns = {"bio": "", "role_lookup_code": "reader", "created_at": clock.now}
    make.add(*[User(username=name, display_name=name, **columns) for name in names])
    browser = sign_in(make.user("zoe", role="owner"))
    first = soup(browser.get("/manage/people"))
    assert first.texts(NAMES) == names[:50]
    more = first.link("More people")
    assert more == "/manage/people?after=user-049"
    fragment = browser.get(more, headers=as_htmx)
    assert "<html" not in fragment.text
    assert soup(fragment).texts(NAMES) == names[50:100]
    last = soup(browser.get(soup(fragment).link("More people")))
    assert last.texts(NAMES) == [*names[100:], "Zoe"]
    assert "More people" not in last.text("main")


@pytest.mark.parametrize("nonsense", ["%00", "%ff", "a/b", ""])
def test_nonsense_in_the_address_is_ignored(sign_in: SignIn, make: Make, nonsense: str) -> None:
    browser = sign_in(make.user("zoe", role="owner"))
    assert soup(browser.get(f"/manage/people?after={nonsense}")).texts(NAMES) == ["Zoe"]


def test_an_owner_changes_a_role(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    browser = sign_in(make.user("eve", role="owner"))
    answer = browser.post(f"/manage/people/{ada.id}/role", data={"role": "author"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/manage/people"
    assert read(User, ada.id).role_lookup_code == "author"
    page = soup(browser.get("/manage/people"))
    assert page.text(".flashes") == "Ada is now author."
    assert page.attribute(f"#role-user-{ada.id} option[selected]", "value") == "author"


def test_with_htmx_the_row_comes_back(sign_in: SignIn, make: Make, read: Read) -> None:
    ada = make.user("ada")
    browser = sign_in(make.user("eve", role="owner"))
    answer = browser.post(f"/manage/people/{ada.id}/role", data={"role": "editor"}, headers=as_htmx)
    assert answer.status_code == 200
    page = soup(answer)
    assert page.text(f"#user-{ada.id} [data-announce]") == "Ada is now editor."
    assert page.has("button[data-focus]")
    assert page.attribute("option[selected]", "value") == "editor"
    assert read(User, ada.id).role_lookup_code == "editor"


@pytest.mark.parametrize("headers", [{}, as_htmx])
@pytest.mark.parametrize("role", ["", "emperor"])
def test_an_unknown_role_is_refused(
    sign_in: SignIn, make: Make, read: Read, headers: dict[str, str], role: str
) -> None:
    ada = make.user("ada")
    browser = sign_in(make.user("eve", role="owner"))
    answer = browser.post(f"/manage/people/{ada.id}/role", data={"role": role}, headers=headers)
    assert answer.status_code == 422
    page = soup(answer)
    assert page.text(f"#error-user-{ada.id}")
    assert page.attribute(f"#role-user-{ada.id}", "aria-invalid") == "true"
    assert read(User, ada.id).role_lookup_code == "reader"


def test_somebody_who_does_not_exist(sign_in: SignIn, make: Make) -> None:
    browser = sign_in(make.user("eve", role="owner"))
    assert browser.post("/manage/people/999/role", data={"role": "author"}).status_code == 404


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_the_last_owner_stays_owner(sign_in: SignIn, make: Make, read: Read, headers: dict[str, str]) -> None:
    # An owner who cannot sign in does not count.
    make.user("gone", role="owner", is_active=False, password=None)
    eve = make.user("eve", role="owner")
    answer = sign_in(eve).post(f"/manage/people/{eve.id}/role", data={"role": "reader"}, headers=headers)
    assert answer.status_code == 422
    assert "only owner" in soup(answer).text(f"#error-user-{eve.id}")
    assert read(User, eve.id).role_lookup_code == "owner"


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_an_owner_among_others_may_step_back(sign_in: SignIn, make: Make, read: Read, headers: dict[str, str]) -> None:
    make.user("ada", role="owner")
    eve = make.user("eve", role="owner")
    answer = sign_in(eve).post(f"/manage/people/{eve.id}/role", data={"role": "reader"}, headers=headers)
    assert answer.headers["hx-redirect" if headers else "location"] == "/manage"
    assert read(User, eve.id).role_lookup_code == "reader"


def test_two_owners_who_step_back_at_once_leave_one(app: Colophon, sign_in: SignIn, make: Make, read: Read) -> None:
    owners = [make.user(name, role="owner") for name in ("ada", "eve")]
    browsers = [sign_in(owner) for owner in owners]
    statuses: list[int] = []

    async def step_back(owner: User, cookie: str) -> None:
        headers = {"cookie": f"colophon={cookie}", "sec-fetch-site": "same-origin"}
        async with AsyncClient(transport=ASGITransport(app), base_url="http://testserver") as client:
            address = f"/manage/people/{owner.id}/role"
            statuses.append((await client.post(address, data={"role": "reader"}, headers=headers)).status_code)

    async def step_back_together() -> None:
        async with anyio.create_task_group() as group:
            for owner, browser in zip(owners, browsers, strict=True):
                group.start_soon(step_back, owner, str(browser.cookies.get("colophon")))

    anyio.run(step_back_together)
    assert sorted(statuses) == [303, 422]
    assert sorted(read(User, owner.id).role_lookup_code for owner in owners) == ["owner", "reader"]
