"""Where uploaded files become images: in a worker thread, one at a time, without any database."""

from typing import BinaryIO, NamedTuple

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from web.html.pictures import Picture
from web.media.kinds import MEDIA_TYPES
from web.media.pictures import Limits, check_size, digest_of, finish
from web.media.storage import Storage

# A large image takes all the memory that a small machine can spare.
AT_ONCE = 1


class Made(NamedTuple):
    """An image whose files are stored. `byte_size` is what they take together."""

    picture: Picture
    byte_size: int


class Workshop:
    """Makes images and keeps their files. One for the whole application."""

    def __init__(self, storage: Storage, limits: Limits) -> None:
        self.storage = storage
        self.limits = limits
        self._limiter = CapacityLimiter(AT_ONCE)

    async def digest(self, file: BinaryIO, byte_size: int, owner_id: int) -> str:
        """What names an image. Raises PictureError for a file of a size that is refused anyway."""
        check_size(byte_size, self.limits)
        return await run_sync(digest_of, file, owner_id)

    async def make(self, file: BinaryIO, digest: str) -> Made:
        """Make an image and store its files for good.

        Raises PictureError where it is none, StorageError where it cannot be stored.
        """
        return await run_sync(self._make, file, digest, limiter=self._limiter)

    def _make(self, file: BinaryIO, digest: str) -> Made:
        done = finish(file, digest, self.limits)
        # The whole image comes last: where it is, all others are.
        for name, data in reversed(done.files.items()):
            self.storage.put(name, data, MEDIA_TYPES[name.rpartition(".")[2]])
        return Made(done.picture, done.byte_size)
