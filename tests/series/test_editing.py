"""Editors say what a series is called and what it is about; authors put their own posts into it."""

import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.series import Series

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])


@pytest.fixture
def series(make: Make) -> Series:
    series = Series(slug="birds", title="Birds", description="")
    make.add(series)
    return series


@BOTH
def test_editors_change_title_and_description(
    series: Series, make: Make, sign_in: SignIn, read: Read, headers: dict[str, str]
) -> None:
    editor = sign_in(make.user(role="editor"))
    address = soup(editor.get("/series/birds")).link("Edit this series")
    data = soup(editor.get(address)).form("main form") | {"title": "Waders", "description": "Long legs."}
    response = editor.post(address, data=data, headers=headers)
    assert (response.headers.get("hx-redirect") or response.headers["location"]) == "/series/birds"
    (stored,) = read.all(Series)
    assert (stored.slug, stored.title, stored.description) == ("birds", "Waders", "Long legs.")


@BOTH
@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("title", "x" * 201), ("description", "x" * 2001), ("description", "\x07")]
)
def test_bad_input_comes_back_with_a_reason(
    series: Series, make: Make, sign_in: SignIn, headers: dict[str, str], field: str, value: str
) -> None:
    editor = sign_in(make.user(role="editor"))
    data = {"title": "Waders", "description": "Long legs."} | {field: value}
    response = editor.post("/series/birds/edit", data=data, headers=headers)
    assert response.status_code == 422
    assert soup(response).has(f"#{field}-error")
    other = "description" if field == "title" else "title"
    assert soup(response).form("form.form")[other] == data[other]


@pytest.mark.parametrize(
    ("role", "expected"),
    [("reader", 403), ("contributor", 403), ("author", 403), ("editor", 200), ("owner", 200)],
)
def test_who_may_edit(series: Series, make: Make, sign_in: SignIn, role: str, expected: int) -> None:
    browser = sign_in(make.user(role=role))
    assert browser.get("/series/birds/edit").status_code == expected
    status = browser.post("/series/birds/edit", data={"title": "Waders"}).status_code
    assert status == (303 if expected == 200 else expected)
    assert browser.get("/series/nothing/edit").status_code == (404 if expected == 200 else 403)


CASES = [
    ("reader", "other", True, 403),
    ("contributor", "own", False, 303),
    ("contributor", "own", True, 403),
    ("author", "own", True, 303),
    ("author", "other", True, 403),
    ("author", "other", False, 404),
    ("editor", "other", True, 303),
    ("owner", "other", False, 303),
]


@pytest.mark.parametrize(("role", "whose", "published", "expected"), CASES, ids=str)
def test_who_may_assign(
    series: Series, make: Make, sign_in: SignIn, role: str, whose: str, published: bool, expected: int
) -> None:
    user = make.user("somebody", role=role)
    post = make.post(user if whose == "own" else None, published=published)
    data = {"series": "Birds", "position": ""}
    assert sign_in(user).post(f"/write/{post.id}/series", data=data).status_code == expected


def test_strangers_are_asked_to_sign_in(series: Series, make: Make, client: TestClient) -> None:
    post = make.post()
    # What was typed stays in the form, which asks for the way back in.
    assert client.post(f"/write/{post.id}/series", data={"series": "Birds"}).status_code == 401
    assert client.get("/series/birds/edit").headers["location"].startswith("/sign-in")
