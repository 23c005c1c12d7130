"""One address, one route: methods, forms, and what an address may look like."""

import pytest
from starlette.routing import compile_path
from starlette.testclient import TestClient

from tests.support.factories import Make
from web.http import convertors
from web.routes import ROUTES


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/", {"GET", "HEAD"}),
        ("DELETE", "/", {"GET", "HEAD"}),
        ("PURGE", "/", {"GET", "HEAD"}),
        ("OPTIONS", "/", {"GET", "HEAD"}),
        ("GET", "/sign-out", {"POST"}),
        ("PUT", "/sign-in", {"GET", "HEAD", "POST"}),
        ("HEAD", "/write/preview", {"POST"}),
    ],
)
def test_another_method_is_refused_and_told(client: TestClient, method: str, path: str, allowed: set[str]) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/", "/archive", "/tags", "/feed.xml", "/sign-in", "/nothing"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.content == b""


def test_each_route_has_a_name_and_an_address_of_its_own() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert len({route.path for route in ROUTES}) == len(ROUTES)


def test_no_route_hides_a_later_one() -> None:
    """A fixed address such as /write/new must not be taken for /write/{id}."""
    convertors.register()
    for number, route in enumerate(ROUTES):
        if "{" not in route.path:
            earlier = [other.path for other in ROUTES[:number] if compile_path(other.path)[0].match(route.path)]
            assert earlier == []


@pytest.mark.parametrize(
    "path",
    [
        "/posts/Hello",
        "/posts/-hello",
        "/posts/hello-",
        "/posts/hello--you",
        "/posts/hello%20you",
        "/posts/hello%0A",
        "/posts/hell%C3%B6",
        "/posts/%00",
        "/posts/%FF",
        "/posts/hello%2Fyou",
        "/archive%0A",
        "/comments/x",
        "/comments/-1",
        "/comments/1.5",
        "/comments/٣",
        "/comments/1%0A",
        "/comments/" + "9" * 19,
        "/comments/" + "9" * 5000,
        "/authors/a b",
        "/authors/" + "a" * 51,
        "/authors/a%0A",
    ],
)
def test_what_is_no_address_costs_no_lookup(client: TestClient, counted: object, path: str) -> None:
    with counted() as statements:  # type: ignore[operator]
        assert client.get(path).status_code == 404
    assert [statement for statement in statements if "setting" not in statement] == []


@pytest.mark.parametrize("path", ["/comments/" + "9" * 18, "/posts/" + "x" * 10_000])
def test_the_largest_addresses_can_be_looked_up(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_slash_too_many_leads_to_the_address(client: TestClient, make: Make) -> None:
    make.post(title="Hello")
    response = client.get("/posts/hello/?page=1")
    assert response.status_code == 307
    assert response.headers["location"] == "http://testserver/posts/hello?page=1"
