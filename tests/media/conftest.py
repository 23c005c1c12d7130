"""Images that are there already, and where their files lie."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from tests.comments.conftest import people
from tests.media.samples import LIMITS, picture, saved
from tests.support.factories import Make
from web.app import Colophon
from web.media.cards import picture_of
from web.media.kinds import MEDIA_TYPES
from web.media.pictures import digest_of, finish
from web.media.storage import Storage
from web.models.media import Media
from web.models.user import User

__all__ = ["people"]

MakeMedia = Callable[..., Media]


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
