"""Reads uploaded files piece by piece: they may be larger than what a worker thread should hold."""

from collections.abc import Iterator
from typing import BinaryIO

CHUNK_BYTES = 1 << 20


def read_chunks(file: BinaryIO) -> Iterator[bytes]:
    """The whole file from its beginning."""
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        yield chunk
