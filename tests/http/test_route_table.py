"""The table finds for each address and method what trying all routes in turn would find."""

import pytest
from starlette.routing import Match, Route
from starlette.testclient import TestClient
from starlette.types import Scope

from web.html.paths import PARAMETER
from web.http.route_table import FOUND, RouteTable
from web.routes import ROUTES

VALUES = {"slug": "a-slug", "page": "about", "name": "Ada", "key": "12", "token": "t" * 43}
ODD = [
    "",
    "/",
    "//",
    "/nothing/of/ours",
    "/posts",
    "/posts/",
    "/posts/No",
    "/write/12/",
    "/write/new/",
    "/about/",
    "/é",
]
OF_A_ROUTE = [
    "".join(
        VALUES[part.partition(":")[2].rstrip("}")] if part.startswith("{") else part
        for part in PARAMETER.sub(lambda found: f"\n{found[0]}\n", route.path).split("\n")
    )
    for route in ROUTES
]


def in_turn(scope: Scope) -> tuple[Match, Route | None]:
    """What Starlette's router does."""
    partial = None
    for route in ROUTES:
        match, _ = route.matches(scope)
        if match is Match.FULL:
            return match, route
        partial = partial or (route if match is Match.PARTIAL else None)
    return (Match.PARTIAL, partial) if partial else (Match.NONE, None)


@pytest.mark.parametrize("path", [*OF_A_ROUTE, *ODD, *(f"{path}\n" for path in OF_A_ROUTE[:3])])
def test_the_table_finds_what_comes_first(path: str) -> None:
    for method in ("GET", "HEAD", "POST", "DELETE"):
        scope: Scope = {"type": "http", "method": method, "path": path, "root_path": ""}
        match, found = RouteTable(ROUTES).matches(scope)
        assert (match, found.get(FOUND)) == in_turn(scope)


def test_every_route_is_found_by_an_address_of_its_own() -> None:
    scopes: list[Scope] = [{"type": "http", "method": "GET", "path": path, "root_path": ""} for path in OF_A_ROUTE]
    found = [RouteTable(ROUTES).matches(scope)[1][FOUND].name for scope in scopes]
    assert found == [route.name for route in ROUTES]


def test_a_wrong_method_and_a_slash_too_many_are_answered_as_ever(client: TestClient) -> None:
    refused = client.request("DELETE", "/write")
    assert (refused.status_code, set(refused.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "POST"})
    assert client.get("/archive/", follow_redirects=False).headers["location"].endswith("/archive")
