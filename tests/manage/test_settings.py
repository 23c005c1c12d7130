import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.setting import Setting

FIELDS = {
    "title": "Notes on Engines",
    "description": "Everything about wheels.",
    "language": "pt-BR",
    "zone": "Europe/Lisbon",
    "sign_up": "open",
    "guests": "y",
}
STORED = FIELDS | {"guests": "yes"}
DEFAULTS = {
    "title": "Colophon",
    "description": "A blog that hides nothing",
    "language": "en",
    "zone": "UTC",
    "sign_up": "invitation",
}


@pytest.fixture
def owner(sign_in: SignIn, make: Make) -> TestClient:
    return sign_in(make.user("eve", role="owner"))


def stored(read: Read) -> dict[str, str]:
    return {setting.name: setting.value for setting in read.all(Setting)}


def test_the_form_shows_how_the_blog_is(owner: TestClient, make: Make) -> None:
    assert soup(owner.get("/manage/settings")).form("main form") == DEFAULTS
    for name, value in STORED.items():
        make.setting(name, value)
    assert soup(owner.get("/manage/settings")).form("main form") == FIELDS


def test_each_field_has_a_label(owner: TestClient) -> None:
    page = soup(owner.get("/manage/settings"))
    for name in ("title", "description", "language", "zone", "guests"):
        assert page.text(f"label[for={name}]")
    assert page.texts("fieldset.field-choices legend") == ["Who may sign up"]


def test_all_settings_are_stored_and_shown(owner: TestClient, read: Read) -> None:
    answer = owner.post("/manage/settings", data=FIELDS)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/manage/settings"
    assert stored(read) == STORED
    page = soup(owner.get("/manage/settings"))
    assert page.text(".flashes") == "The settings have been saved."
    assert page.text(".masthead-title") == "Notes on Engines"
    assert page.attribute("html", "lang") == "pt-BR"


def test_with_htmx_the_whole_window_goes_on(owner: TestClient, read: Read) -> None:
    answer = owner.post("/manage/settings", data=FIELDS, headers=as_htmx)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/manage/settings"
    assert stored(read) == STORED


def test_what_is_not_changed_is_not_written(owner: TestClient, read: Read, counted: Counted) -> None:
    with counted() as statements:
        assert owner.post("/manage/settings", data=DEFAULTS).status_code == 303
    assert stored(read) == {}
    assert not [statement for statement in statements if not statement.startswith("SELECT")]
    assert "Nothing was changed." in soup(owner.get("/manage/settings")).text(".flashes")


def test_a_box_without_its_tick_means_no(owner: TestClient, make: Make, read: Read) -> None:
    make.setting("guests", "yes")
    owner.post("/manage/settings", data=DEFAULTS)
    assert stored(read) == {"guests": "no"}


@pytest.mark.parametrize("headers", [{}, as_htmx])
def test_bad_values_are_told_at_their_fields_and_nothing_is_stored(
    owner: TestClient, read: Read, headers: dict[str, str]
) -> None:
    wrong = {
        "title": " ",
        "description": "x" * 501,
        "language": "English",
        "zone": "Nowhere/Land",
        "sign_up": "maybe",
        "guests": "y",
    }
    answer = owner.post("/manage/settings", data=wrong, headers=headers)
    assert answer.status_code == 422
    page = soup(answer)
    for name in ("title", "description", "language", "zone", "sign_up"):
        assert page.text(f"#{name}-error"), name
    assert page.attribute("#description", "value") == "x" * 501
    assert page.attribute("#language", "value") == "English"
    assert page.has("#guests[checked]")
    assert ("<html" in answer.text) is not bool(headers)
    assert stored(read) == {}


def test_nothing_at_all_is_bad_input(owner: TestClient, read: Read) -> None:
    assert owner.post("/manage/settings", data={}).status_code == 422
    assert stored(read) == {}


def test_a_bad_stored_time_zone_can_be_mended(owner: TestClient, make: Make, read: Read) -> None:
    make.setting("zone", "Nowhere/Land")
    form = soup(owner.get("/manage/settings")).form("main form")
    assert form["zone"] == "UTC"
    owner.post("/manage/settings", data=form)
    assert stored(read) == {"zone": "UTC"}


@pytest.mark.parametrize("role", ["reader", "contributor", "author", "editor"])
def test_nobody_else_may(sign_in: SignIn, make: Make, read: Read, role: str) -> None:
    browser = sign_in(make.user("ada", role=role))
    for headers in ({}, as_htmx):
        assert browser.get("/manage/settings", headers=headers).status_code == 403
        assert browser.post("/manage/settings", data=FIELDS, headers=headers).status_code == 403
    assert stored(read) == {}


def test_strangers_are_sent_to_sign_in(client: TestClient) -> None:
    assert client.get("/manage/settings").headers["location"] == "/sign-in?next=/manage/settings"


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_whoever_was_signed_out_meanwhile_finds_every_word(
    client: TestClient, read: Read, headers: dict[str, str]
) -> None:
    answer = client.post("/manage/settings", data=FIELDS, headers=headers)
    assert answer.status_code == 401
    page = soup(answer)
    assert page.form("main form" if not headers else "form") == FIELDS
    assert "not signed in" in page.text("form .notice")
    assert stored(read) == {}
