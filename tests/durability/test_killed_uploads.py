"""An image whose storing was acknowledged is there after a kill, in all sizes; what is half there has no row."""

import threading
from io import BytesIO

import httpx2
import pytest
from PIL import Image

from tests.durability.killing import write_and_kill
from tests.media.samples import picture, saved
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.media.cards import picture_of
from web.media.storage_folder import FolderStorage
from web.models.media import Media
from web.models.user import User
from web.settings import Settings

WRITERS = 3
UPLOADS_BEFORE_THE_END = 15


@pytest.fixture
def author(make: Make) -> User:
    return make.user("ada", role="author")


def upload_until_killed(url: str, number: int, acknowledged: list[str], enough: threading.Event) -> None:
    """Upload one image after the other; remember the addresses of those that were acknowledged."""
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    with httpx2.Client(base_url=url, headers=headers, timeout=20) as browser:
        browser.post("/sign-in", data={"login": "ada", "password": PASSWORD})
        for turn in range(10_000):
            content = saved(picture(500 + turn, 300 + number))
            try:
                response = browser.post("/media", files={"file": ("a.png", content)})
            except httpx2.TransportError:
                return
            assert response.status_code == 201, response.text
            acknowledged.append(response.json()["url"])
            if len(acknowledged) >= UPLOADS_BEFORE_THE_END:
                enough.set()


def test_a_killed_server_has_the_images_that_it_acknowledged(settings: Settings, author: User, read: Read) -> None:
    acknowledged = write_and_kill(settings, upload_until_killed, WRITERS)
    rows = {picture_of(media.name).url: media for media in read.all(Media)}
    assert set(acknowledged) <= set(rows)
    storage = FolderStorage(settings.data / "media")
    for media in rows.values():
        image = picture_of(media.name)
        for name in (image.name, *image.smaller_names):
            opened = storage.open(name)
            assert opened is not None
            with opened.stream as file:
                Image.open(BytesIO(file.read())).load()
