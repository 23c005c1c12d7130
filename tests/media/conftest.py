"""Images that are there already, where their files lie, and a server that speaks S3."""

import logging
import secrets
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from moto.server import ThreadedMotoServer
from starlette.testclient import TestClient

from tests.comments.conftest import people
from tests.media.samples import LIMITS, picture, saved
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.server import free_port
from web.app import Colophon
from web.media.cards import picture_of
from web.media.kinds import MEDIA_TYPES
from web.media.pictures import digest_of, finish
from web.media.storage import Storage
from web.media.storage_s3 import S3Storage
from web.models.media import Media
from web.models.user import User
from web.settings import Settings

__all__ = ["people"]

MakeMedia = Callable[..., Media]


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    """A server that speaks S3, with an empty bucket for each test in it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_settings(s3_address: str, tmp_path: Path) -> Settings:
    """Settings that name a fresh bucket."""
    settings = Settings(
        data=tmp_path,
        storage_endpoint=s3_address,
        storage_bucket=f"blog-{secrets.token_hex(6)}",
        storage_access_key="testing",
        storage_secret_key="testing",
    )
    S3Storage(settings)._client.create_bucket(Bucket=settings.storage_bucket)
    return settings


@pytest.fixture
def storage(app: Colophon) -> Storage:
    """Where the application keeps files."""
    found: Storage = app.state.workshop.storage
    return found


@pytest.fixture
def make_media(make: Make, storage: Storage) -> MakeMedia:
    """`make_media(ada, alt="A press")` is an image with all of its files, as if it had been uploaded."""
    number = 0

    def make_one(owner: User, *, size: tuple[int, int] = (500, 20), **columns: Any) -> Media:
        nonlocal number
        number += 1
        image = picture(*size)
        image.putpixel((0, 0), (number, 0, 0))
        file = BytesIO(saved(image))
        done = finish(file, digest_of(file, owner.id), LIMITS)
        for name, data in done.files.items():
            storage.put(name, data, MEDIA_TYPES[name.rpartition(".")[2]])
        return make.media(owner, picture_of(done.picture.name), byte_size=done.byte_size, **columns)

    return make_one


@pytest.fixture
def ada(make: Make) -> User:
    return make.user("ada", role="author")


@pytest.fixture
def browser(sign_in: SignIn, ada: User) -> TestClient:
    """An author's browser."""
    return sign_in(ada)
