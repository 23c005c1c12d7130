"""One address, one route: methods, forms, and what an address may look like."""

import pytest
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.testclient import TestClient

from tests.support.clients import Clients
from tests.support.factories import Make
from web.app import Colophon
from web.http import convertors, current
from web.http.endpoints import address
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


@pytest.fixture
def echo(app: Colophon, clients: Clients) -> TestClient:
    """A browser on a blog that says what arrived in the field `words`."""
    app.router.routes.insert(
        0, address("/echo", "echo", post=lambda request: Response(current.form(request).get("words")))
    )
    return clients.open()


URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
PART = '--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n{}\r\n--x--\r\n'


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        (URL_ENCODED, b"words=Gr%C3%BC%C3%9Fe", "Gr\u00fc\u00dfe"),
        (URL_ENCODED + "; charset=utf-8", "words=Gr\u00fc\u00dfe".encode(), "Gr\u00fc\u00dfe"),
        (MULTIPART, PART.format("Gr\u00fc\u00dfe \ufffd").encode(), "Gr\u00fc\u00dfe \ufffd"),
        (MULTIPART, PART.format("").encode(), ""),
        (MULTIPART, PART.format("Gr\u00fc\u00dfe").encode("latin-1"), "Gr\ufffd\ufffde"),
        ("text/plain", b"words=x", ""),
        ("application/json", b'{"words": "x"}', ""),
    ],
)
def test_a_form_is_read(echo: TestClient, kind: str, body: bytes, text: str) -> None:
    assert echo.post("/echo", content=body, headers={"Content-Type": kind}).text == text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (MULTIPART, b"--y"),
        ("multipart/form-data", b"x"),
        (URL_ENCODED, b"&".join([b"a=b"] * 1_001)),
    ],
)
def test_a_broken_form_is_refused(echo: TestClient, kind: str, body: bytes) -> None:
    response = echo.post("/echo", content=body, headers={"Content-Type": kind})
    assert response.status_code == 400
    assert "Bad Request" in response.text


def test_files_do_not_disturb(echo: TestClient) -> None:
    response = echo.post("/echo", data={"words": "here"}, files={"picture": ("a.png", b"\x89PNG\xff")})
    assert response.text == "here"


@pytest.fixture
def taken(app: Colophon) -> list[UploadFile]:
    """The files that arrived at /taken, where a view reads them."""
    files: list[UploadFile] = []

    def view(request: Request) -> Response:
        files.extend(current.files(request, "picture"))
        words = [current.form(request).get("words"), *(file.file.read().decode() for file in files)]
        return Response("|".join(words))

    app.router.routes.insert(0, address("/taken", "taken", post=view, takes_files=True))
    return files


def test_a_view_that_asks_gets_files_and_need_not_close_them(clients: Clients, taken: list[UploadFile]) -> None:
    files = [("picture", ("a.txt", b"one")), ("picture", ("", b"")), ("other", ("b.txt", b"two"))]
    files += [("picture", ("c.txt", b"x" * 2_000_000))]
    response = clients.open().post("/taken", data={"words": "here"}, files=files)
    assert response.text == "here|one|" + "x" * 2_000_000
    assert [(file.filename, file.file.closed) for file in taken] == [("a.txt", True), ("c.txt", True)]


def test_a_view_that_asks_for_files_reads_plain_forms_too(clients: Clients, taken: list[UploadFile]) -> None:
    assert clients.open().post("/taken", data={"words": "here"}).text == "here"
    broken = clients.open().post("/taken", content=b"--y", headers={"Content-Type": MULTIPART})
    assert broken.status_code == 400
