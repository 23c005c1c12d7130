"""The files of images: immutable, of a type that we chose, without a statement."""

from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from tests.conftest import Counted
from tests.media.conftest import MakeMedia
from tests.support.factories import Make
from web.app import Colophon
from web.media.cards import picture_of
from web.media.files import PIECE_BYTES
from web.media.storage import OpenedFile, Storage, StorageError
from web.models.media import Media

LARGE = f"{'a' * 32}-3000x2000.jpg"


@pytest.fixture
def media(make: Make, make_media: MakeMedia) -> Media:
    """An image in two sizes."""
    return make_media(make.user("ada", role="author"))


def test_each_size_is_sent_as_what_it_is(client: TestClient, media: Media, storage: Storage, counted: Counted) -> None:
    image = picture_of(media.name)
    for name, kind in {image.name: "image/png", image.smaller_names[0]: "image/webp"}.items():
        with counted() as statements:
            response = client.get(f"/media/files/{name}")
        assert response.status_code == 200
        assert statements == []
        assert response.headers["content-type"] == kind
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert response.headers["content-disposition"] == f'inline; filename="{name}"'
        assert response.headers["content-length"] == str(storage.size_of(name)) == str(len(response.content))
        assert "content-encoding" not in response.headers
        assert "set-cookie" not in response.headers
        again = client.get(f"/media/files/{name}", headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == response.headers["cache-control"]
        head = client.head(f"/media/files/{name}")
        assert (head.status_code, head.content) == (200, b"")
        assert {**head.headers, "x-request-id": ""} == {**response.headers, "x-request-id": ""}


def test_a_large_file_is_sent_in_pieces(app: Colophon, storage: Storage) -> None:
    storage.put(LARGE, b"x" * (3 * PIECE_BYTES + 1), "image/jpeg")
    sent = anyio.run(answer, app, f"/media/files/{LARGE}")
    sizes = [len(message.get("body", b"")) for message in sent if message["type"] == "http.response.body"]
    assert sizes == [PIECE_BYTES, PIECE_BYTES, PIECE_BYTES, 1, 0]


async def answer(app: Colophon, path: str) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    await app(scope, receive, send)
    return sent


@pytest.mark.parametrize(
    "name",
    [
        LARGE,
        "",
        "../colophon.sqlite3",
        "%2e%2e/colophon.sqlite3",
        "..%2f..%2fsecret.key",
        f"aa/{LARGE}",
        f"{LARGE}%00",
        f"{LARGE}%0A",
        f"{LARGE}/",
        LARGE.replace("jpg", "svg"),
        LARGE.replace("jpg", "html"),
        LARGE.replace(".jpg", "-500.webp"),
        LARGE.replace(".jpg", "-400.jpg"),
        LARGE.upper(),
        "x" * 5_000,
        "%ff",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"If-None-Match": f'"{LARGE}"'}])
def test_anything_else_is_not_found(client: TestClient, name: str, headers: dict[str, str]) -> None:
    for method in ("GET", "HEAD"):
        response = client.request(method, f"/media/files/{name}", headers=headers)
        assert response.status_code == 404
        assert response.headers["content-type"].startswith("text/html")
        assert "immutable" not in response.headers.get("cache-control", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_files_can_only_be_read(client: TestClient, media: Media, method: str) -> None:
    assert client.request(method, picture_of(media.name).url).status_code == 405


class Leaking:
    """A file that notes whether it was closed."""

    is_closed = False

    def read(self, size: int) -> bytes:
        return b"x" * size

    def close(self) -> None:
        self.is_closed = True


class Gone:
    """A storage that is out of reach, or hands out a file that never ends."""

    def __init__(self, file: Leaking | None = None) -> None:
        self.file = file

    def open(self, name: str) -> OpenedFile:
        if self.file is None:
            raise StorageError("no route to host")
        return OpenedFile(10**9, self.file)  # type: ignore[arg-type]

    def size_of(self, name: str) -> int:
        raise StorageError("no route to host")


def test_a_storage_out_of_reach_is_said_plainly(app: Colophon, client: TestClient) -> None:
    app.state.workshop.storage = Gone()
    for method in ("GET", "HEAD"):
        response = client.request(method, f"/media/files/{LARGE}")
        assert response.status_code == 503
        assert response.headers["retry-after"] == "5"


def test_a_file_is_closed_when_the_reader_goes_away(app: Colophon) -> None:
    file = Leaking()
    app.state.workshop.storage = Gone(file)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        if message.get("body"):
            raise OSError("gone")

    scope = {"type": "http", "method": "GET", "path": f"/media/files/{LARGE}", "query_string": b"", "headers": []}
    with pytest.raises(OSError, match="gone"):
        anyio.run(app, scope, receive, send)
    assert file.is_closed


def test_an_upload_is_on_the_disk_before_it_is_acknowledged(media: Media, tmp_path: Path) -> None:
    image = picture_of(media.name)
    folder = tmp_path / "data" / "media" / image.name[:2]
    assert {path.name for path in folder.iterdir()} == {image.name, *image.smaller_names}
