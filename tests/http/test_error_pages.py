"""Errors have pages in the blog's own hand; the worst of them need nothing that could fail too."""

import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx


def test_not_found_keeps_the_way_through_the_blog(client: TestClient) -> None:
    response = client.get("/nothing")
    page = soup(response)
    assert response.status_code == 404
    assert page.text("h1")
    assert page.link("Archive")


def test_a_known_person_is_known_on_an_error_page(make: Make, sign_in: SignIn) -> None:
    response = sign_in(make.user("ada")).get("/nothing")
    assert soup(response).button("Sign out")


def test_forbidden_is_said_to_whoever_sees_but_may_not(make: Make, sign_in: SignIn) -> None:
    response = sign_in(make.user("ada")).get("/manage")
    assert response.status_code == 403
    assert soup(response).text("h1")


def test_a_fault_is_a_page_without_details(faulty: TestClient, counted: object) -> None:
    with counted() as statements:  # type: ignore[operator]
        response = faulty.get("/fault/plain")
    assert response.status_code == 500
    assert soup(response).text("h1")
    assert "secret detail" not in response.text
    assert "Traceback" not in response.text
    assert statements == [], "the page of last resort touches no database"


def test_a_commit_that_fails_says_nothing_was_saved(faulty: TestClient) -> None:
    response = faulty.post("/fault/commit")
    assert response.status_code == 500
    assert "location" not in response.headers
    assert "set-cookie" not in response.headers
    assert "Saved." not in faulty.get("/").text


def test_an_error_without_a_page_of_its_own_has_one(faulty: TestClient) -> None:
    response = faulty.get("/fault/teapot")
    assert response.status_code == 418
    assert "I'm a Teapot" in soup(response).text()


@pytest.mark.parametrize("path", ["/nothing", "/fault/plain", "/static/nothing"])
def test_no_error_page_is_kept_by_a_cache(faulty: TestClient, path: str) -> None:
    assert "immutable" not in faulty.get(path).headers.get("cache-control", "")


@pytest.mark.parametrize(("path", "back"), [("/write", "/write"), ("/account", "/account"), ("/messages", "/messages")])
def test_a_stranger_is_sent_to_sign_in_and_back(client: TestClient, path: str, back: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["location"]) == (303, f"/sign-in?next={back}")


def test_htmx_sends_the_whole_window_to_sign_in(client: TestClient) -> None:
    headers = {**as_htmx, "HX-Current-URL": "http://testserver/posts/hello?x=1"}
    response = client.post("/messages/reading", headers=headers)
    assert response.status_code == 401
    assert response.headers["hx-redirect"] == "/sign-in?next=/posts/hello"


@pytest.mark.parametrize("current", ["http://[", "", "javascript:alert(1)", "//evil.example/x"])
def test_htmx_sends_nobody_to_another_site(client: TestClient, current: str) -> None:
    response = client.post("/messages/reading", headers={**as_htmx, "HX-Current-URL": current})
    assert response.status_code == 401
    assert response.headers["hx-redirect"].startswith("/sign-in?next=")
    assert "evil.example/" not in response.headers["hx-redirect"]
