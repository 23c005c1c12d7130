"""What another site's page makes a browser send is refused."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from web.http.cross_origin import CrossOriginMiddleware


async def answer(_request: Request) -> Response:
    return Response("done")


METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]


def client(base_url: str = "") -> TestClient:
    inner = Starlette(routes=[Route("/", answer, methods=METHODS)])
    return TestClient(CrossOriginMiddleware(inner, base_url), base_url="http://blog.example")


COOKIE = {"Cookie": "colophon=x"}
CASES = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "something new"}, False),
    ({"Sec-Fetch-Site": ""}, False),
    # Where both are there, the browser's own word counts.
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://blog.example"}, False),
    ({"Origin": "http://blog.example"}, True),
    ({"Origin": "https://blog.example"}, True),
    ({"Origin": "http://blog.example:8000"}, False),
    ({"Origin": "http://blog.example.evil.example"}, False),
    ({"Origin": "https://evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Origin": "http://["}, False),
    ({"Origin": "null", "Host": ""}, False),
    ({"Origin": "http://blog.example:8000", "Host": "blog.example:8000"}, True),
    # Nothing said: a command line acts for nobody, a cookie acts for somebody.
    ({}, True),
    (COOKIE, False),
    ({"Authorization": "x"}, True),
]


@pytest.mark.parametrize(("headers", "is_allowed"), CASES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PURGE"])
def test_unsafe_methods(method: str, headers: dict[str, str], is_allowed: bool) -> None:
    response = client().request(method, "/", headers=headers)
    assert (response.status_code != 403) == is_allowed
    if not is_allowed:
        assert "Nothing was changed" in response.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_safe_methods_pass(method: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example", **COOKIE}
    assert client().request(method, "/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("origin", "is_allowed"), [("https://public.example", True), ("https://blog.example", True), ("https://x.y", False)]
)
def test_the_public_address_counts_too(origin: str, is_allowed: bool) -> None:
    """Behind a proxy that changes the host."""
    response = client("https://public.example").post("/", headers={"Origin": origin})
    assert (response.status_code == 200) == is_allowed
