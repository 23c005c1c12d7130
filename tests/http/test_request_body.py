"""The whole body is read before anything begins, and not more of it than allowed."""

from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import quote

import anyio
import pytest
from jinja2 import DictLoader, Environment
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from tests.support.clients import make_app
from tests.support.clock import Clock
from web.app import Colophon
from web.database import Database
from web.http.endpoints import address
from web.http.request_body import PIECE_BYTES, RequestBodyMiddleware
from web.models.post import BODY_LIMIT
from web.settings import Settings

LIMIT = 2_000


@pytest.fixture
def small(settings: Settings, database: Database, clock: Clock) -> Colophon:
    """A blog that takes small bodies only, and says how much of a form arrived."""
    app = make_app(settings.model_copy(update={"body_limit": LIMIT}), database, clock)

    def view(request: Request) -> Response:
        return Response(str(len(request.state.form.get("words"))))

    app.router.routes.insert(0, address("/length", "length", post=view))
    return app


@pytest.fixture
def browser(small: Colophon) -> Iterator[TestClient]:
    with TestClient(small, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        yield client


def test_the_longest_text_fits_whatever_it_is_written_in() -> None:
    # A character of four bytes takes three characters for each of them in a form.
    assert Settings.model_fields["body_limit"].default > BODY_LIMIT * len(quote("\N{GRINNING FACE}"))


def test_a_body_at_the_limit_arrives(browser: TestClient) -> None:
    words = "x" * (LIMIT - len("words="))
    assert browser.post("/length", data={"words": words}).text == str(len(words))


def test_a_body_over_the_limit_is_refused(browser: TestClient) -> None:
    response = browser.post("/length", data={"words": "x" * LIMIT})
    assert response.status_code == 413
    assert "too large" in response.text.lower()


def test_a_body_of_unknown_length_is_refused_as_soon_as_it_is_too_long(browser: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"words="
        for _ in range(LIMIT):
            yield b"xx"

    response = browser.post("/length", content=chunks(), headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert response.status_code == 413


@pytest.mark.parametrize("length", ["many", "-1", "²", "9" * 30, ""])
def test_a_length_that_makes_no_sense_is_never_a_fault(browser: TestClient, length: str) -> None:
    response = browser.post("/length", content=b"words=x", headers={"Content-Length": length.encode()})
    assert response.status_code in (200, 413)


def test_a_body_in_pieces_arrives_whole(browser: TestClient) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/length", content=iter([b"wor", b"", b"ds=a", b"bc"]), headers=headers).text == "3"


def test_half_a_body_changes_nothing(small: Colophon) -> None:
    """A client that is gone before the end of its body gets no answer, for nobody is there to read it."""
    sent: list[Message] = []
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": b"words=", "more_body": True}, {"type": "http.disconnect"}]
    )

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/length",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
        "server": ("testserver", 80),
    }
    anyio.run(small, scope, receive, send)
    assert sent == []


class Upload:
    """What an application behind the middleware gets of a body that is sent to /upload."""

    def __init__(self, limit: int) -> None:
        self.pieces: list[bytes] = []
        self.sent: list[Message] = []
        self.middleware = RequestBodyMiddleware(self.application, 10, {"/upload": limit})

    async def application(self, scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            self.pieces.append(message["body"])
            more = message["more_body"]

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    def post(self, *chunks: bytes, path: str = "/upload") -> None:
        """Send a body in these chunks."""
        messages = iter(
            {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
            for number, chunk in enumerate(chunks, 1)
        )

        async def receive() -> Message:
            return next(messages)

        state = SimpleNamespace(environment=Environment(loader=DictLoader({"errors/413.html": ""}), autoescape=True))
        scope = {"type": "http", "method": "POST", "path": path, "headers": [], "app": SimpleNamespace(state=state)}
        anyio.run(self.middleware, scope, receive, self.send)


@pytest.mark.parametrize("sizes", [[0], [1], [PIECE_BYTES], [2 * PIECE_BYTES], [PIECE_BYTES - 1, 3_000_000, 7]])
def test_an_upload_arrives_in_pieces(sizes: list[int]) -> None:
    upload = Upload(limit=4_000_000)
    chunks = [bytes([number]) * size for number, size in enumerate(sizes)]
    upload.post(*chunks)
    assert b"".join(upload.pieces) == b"".join(chunks)
    assert max(map(len, upload.pieces)) <= PIECE_BYTES


def test_an_upload_has_a_limit_of_its_own() -> None:
    upload = Upload(limit=2_000_000)
    upload.post(b"x" * 1_999_999, b"xx")
    assert (upload.pieces, upload.sent[0]["status"]) == ([], 413)
    other = Upload(limit=2_000_000)
    other.post(b"x" * 11, path="/upload/more")
    assert (other.pieces, other.sent[0]["status"]) == ([], 413)
