"""Every answer tells browsers what they must not do, whatever kind of answer it is."""

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.support.clients import Clients, make_app
from tests.support.clock import Clock
from web.app import Colophon
from web.database import Database
from web.http.endpoints import address
from web.settings import Settings

EVERYWHERE = [
    ("GET", "/", 200),
    ("GET", "/posts/nothing", 404),
    ("GET", "/static/css/base.css", 200),
    ("GET", "/static/nothing.css", 404),
    ("GET", "/feed.xml", 200),
    ("GET", "/healthz", 200),
    ("GET", "/favicon.ico", 200),
    ("PUT", "/", 405),
    ("GET", "/write", 303),
    ("GET", "/fault/plain", 500),
    ("POST", "/fault/commit", 500),
]


@pytest.mark.parametrize(("method", "path", "status"), EVERYWHERE)
def test_they_are_around_everything(faulty: TestClient, method: str, path: str, status: int) -> None:
    response = faulty.request(method, path)
    assert response.status_code == status
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert response.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in response.headers["permissions-policy"]
    assert "strict-transport-security" not in response.headers


def test_they_are_around_refusals(client: TestClient) -> None:
    response = client.post("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert response.headers["x-content-type-options"] == "nosniff"


def test_nothing_inline_and_nothing_evaluated(client: TestClient) -> None:
    policy = dict(rule.split(" ", 1) for rule in client.get("/").headers["content-security-policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert not any("unsafe" in sources for sources in policy.values())


def test_https_is_remembered(settings: Settings, database: Database, clock: Clock) -> None:
    https = settings.model_copy(update={"base_url": "https://blog.example", "image_sources": "'self'"})
    with TestClient(make_app(https, database, clock)) as client:
        response = client.get("/")
    assert response.headers["strict-transport-security"] == "max-age=31536000"
    assert "img-src 'self';" in response.headers["content-security-policy"]


def test_a_view_may_be_stricter(app: Colophon, clients: Clients) -> None:
    def view(_request: Request) -> Response:
        return Response(headers={"Referrer-Policy": "no-referrer"})

    app.router.routes.insert(0, address("/secret", "secret", get=view))
    assert clients.open().get("/secret").headers["referrer-policy"] == "no-referrer"
