"""Where the files of images lie: one small interface, whatever is behind it."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple, Protocol


class StorageError(Exception):
    """The place where files lie is out of reach or full. Its text is for the log."""


class StoredFile(NamedTuple):
    """A file in a storage. The time is when it was written."""

    name: str
    byte_size: int
    written_at: datetime


class OpenedFile(NamedTuple):
    """A file to be read from and closed by whoever opened it."""

    byte_size: int
    stream: BinaryIO


class Storage(Protocol):
    """Files by name. All wait for a disk or a network; each raises StorageError when that cannot be had."""

    def put(self, name: str, data: bytes, media_type: str) -> None:
        """Write a file, whole or not at all. When this returns, a power cut does not take it away any more."""

    def open(self, name: str) -> OpenedFile | None:
        """Open a file for reading; None when there is none."""

    def size_of(self, name: str) -> int | None:
        """How many bytes a file has; None when there is none."""

    def delete(self, name: str) -> None:
        """Remove a file. One that is not there is removed already."""

    def list(self) -> Iterator[StoredFile]:
        """All files, in no order; also what a crash left half written."""
