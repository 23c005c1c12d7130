"""Whatever is sent, the answer is never a fault."""

import anyio
import pytest
from starlette.testclient import TestClient

from tests.http.lab import call, status_of
from tests.support.clients import SignIn
from tests.support.factories import Make
from web.app import Colophon
from web.routes import EARLY, ROUTES

SAMPLE = {"slug": "hello", "id": "1", "revision": "1", "username": "ada", "number": "1", "link": "1", "token": "0" * 43}


def filled(path: str) -> str:
    """The address of a route, with something in each of its places."""
    for name, value in SAMPLE.items():
        for kind in ("slug", "key", "name", "token", "page"):
            path = path.replace(f"{{{name}:{kind}}}", value)
    assert "{" not in path
    return path


READ = [filled(route.path) for route in ROUTES if "GET" in (route.methods or ())] + list(EARLY)
SENT = [filled(route.path) for route in ROUTES if "POST" in (route.methods or ())]

NAMES = ("before", "parent", "page", "state", "next", "token", "q", "body", "title", "tags", "slug", "summary", "role")
NAMES += ("login", "password", "username", "email", "name", "display_name", "bio", "subject", "uid", "id", "stamp")
NAMES += ("base", "editing_session", "sequence", "against", "merged", "kept-body", "choice-body-1", "text-body-1")


def everywhere(value: str) -> bytes:
    """A query or form with this value in all fields, quoted already."""
    return "&".join(f"{name}={value}" for name in NAMES).encode()


STRANGE = {
    "no text": everywhere("%00%1b%0d%0a%ff%fe%ed%a0%80"),
    "no sense": everywhere("9" * 40) + b"&&==&%&%zz&=&before[]=1&" + everywhere("%f0%9f%91%a9%cc%81"),
}

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def stranger(make: Make, client: TestClient) -> TestClient:
    """A stranger's browser, on a blog with something to see at each address."""
    ada = make.user("ada", role="author")
    make.comment(make.post(ada, title="Hello", tags="hello"), ada)
    return client


@pytest.fixture
def owner(make: Make, stranger: TestClient, sign_in: SignIn) -> TestClient:
    """The owner's browser."""
    return sign_in(make.user("olga", role="owner"))


def check(client: TestClient, method: str, paths: list[str], **options: object) -> None:
    for path in paths:
        response = client.request(method, path, **options)  # type: ignore[arg-type]
        assert response.status_code < 500, (path, response.status_code)


@pytest.mark.parametrize("query", STRANGE.values(), ids=STRANGE)
def test_a_strange_query_is_ignored(owner: TestClient, query: bytes) -> None:
    check(owner, "GET", [f"{path}?{query.decode()}" for path in READ])


def test_a_query_that_is_no_text_is_ignored(stranger: TestClient, app: Colophon) -> None:
    async def ask() -> None:
        for path in [*READ, "/archive/"]:
            status = status_of(await call(app, "GET", path, query=b"before=\xff\xfe&q=\xc3\xa9"))
            assert status == 307 if path == "/archive/" else status < 500, path

    anyio.run(ask)


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE)
def test_a_strange_form_is_no_fault(owner: TestClient, body: bytes) -> None:
    check(owner, "POST", [path for path in SENT if path != "/sign-out"], content=body, headers=FORM)


@pytest.mark.parametrize("body", [STRANGE["no text"], b"body=\xff\xfe&login=\xff"], ids=["no text", "raw"])
def test_a_strange_form_of_a_stranger_is_no_fault(stranger: TestClient, body: bytes) -> None:
    check(stranger, "POST", SENT, content=body, headers=FORM)


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json"},
        {"Content-Type": "application/x-www-form-urlencoded; charset=utf-16"},
        {"Content-Type": b"\xff"},
    ],
    ids=range(5),
)
def test_a_strange_kind_of_form_is_no_fault(owner: TestClient, headers: dict[str, str | bytes]) -> None:
    paths = ["/write", "/write/1", "/write/preview", "/posts/hello/comments", "/sign-in"]
    check(owner, "POST", paths, content=b'--x\r\n{"body": "x"}', headers=headers)


STRANGE_HEADERS: list[tuple[bytes, bytes]] = [
    (b"HX-Current-URL", b"http://["),
    (b"HX-Current-URL", b"\xff"),
    (b"Accept-Language", b"\xff\xfe"),
    (b"Accept-Encoding", b"\xff;q=x"),
    (b"If-None-Match", b"\xff"),
    (b"If-Modified-Since", b"yesterday"),
    (b"Range", b"bytes=9-1"),
    (b"User-Agent", b"\xff\x01" * 500),
    (b"Referer", b"http://["),
    (b"X-Forwarded-For", b"nobody"),
]


@pytest.mark.parametrize("header", STRANGE_HEADERS, ids=range(len(STRANGE_HEADERS)))
def test_a_strange_header_is_no_fault(stranger: TestClient, header: tuple[bytes, bytes]) -> None:
    headers = [header, (b"HX-Request", b"true")]
    check(stranger, "GET", ["/", "/posts/hello", "/feed.xml", "/write", "/static/css/base.css"], headers=headers)
    check(stranger, "POST", ["/posts/hello/comments", "/sign-in", "/messages/reading"], headers=headers)


@pytest.mark.parametrize("path", ["/%00", "/%ff", "/%", "//", "///evil.example", "/..", "/a%0d%0aSet-Cookie:x", "/?%"])
def test_a_strange_path_is_not_found(client: TestClient, path: str) -> None:
    response = client.request("GET", client.base_url.copy_with(raw_path=path.encode()))
    assert response.status_code in (200, 307, 404)
    assert "set-cookie" not in response.headers
