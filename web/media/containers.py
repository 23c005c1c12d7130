"""Walks through an image file as its format says: where the pixels are, where words may stand, where it ends."""

import re
import struct
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import NamedTuple


class Place(Enum):
    """What a part of an image file is for."""

    # Pixels and the tables they are read by: any bytes at all can stand there.
    PIXELS = auto()
    # Comments, descriptions, metadata, and what no decoder knows.
    NOTES = auto()
    # After the end of the image.
    BEHIND = auto()


class Part(NamedTuple):
    """Some bytes of a file. The end may lie beyond the end of a file that is not whole."""

    place: Place
    start: int
    end: int


# A marker in a JPEG, but none that may stand between pixels.
JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
JPEG_ALONE, JPEG_END, JPEG_SCAN = frozenset({0x01, 0xD8}), 0xD9, 0xDA
JPEG_TABLES = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)})
PNG_PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"hIST", b"IDAT", b"fdAT", b"fcTL", b"acTL"})
WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
GIF_BLOCK = re.compile(rb"[!,;]")
GIF_EXTENSION, GIF_IMAGE = 0x21, 0x2C


def gather(data: bytes, image_format: str, *places: Place) -> bytes:
    """What stands in these places of an image of one of Pillow's formats, with a zero between parts."""
    return b"\0".join(data[part.start : part.end] for part in WALKS[image_format](data) if part.place in places)


def _walk_jpeg(data: bytes) -> Iterator[Part]:
    position, before = 2, Place.NOTES
    while marker := JPEG_MARKER.search(data, position):
        yield Part(before, position, marker.start())
        position, code = marker.end(), data[marker.end() - 1]
        if code == JPEG_END:
            break
        before = Place.NOTES
        if code in JPEG_ALONE:
            continue
        end = position + int.from_bytes(data[position : position + 2])
        yield Part(Place.PIXELS if code in JPEG_TABLES else Place.NOTES, position, end)
        position = end
        if code == JPEG_SCAN:
            before = Place.PIXELS
    yield Part(Place.BEHIND, position, len(data))


def _walk_png(data: bytes) -> Iterator[Part]:
    position, name = 8, b""
    while name != b"IEND" and position + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + length + 12
        yield Part(Place.PIXELS if name in PNG_PIXELS else Place.NOTES, position, end)
        position = end
    yield Part(Place.BEHIND, position, len(data))


def _walk_webp(data: bytes) -> Iterator[Part]:
    whole = int.from_bytes(data[4:8], "little") + 8
    position = 12
    while position + 8 <= min(whole, len(data)):
        name, length = struct.unpack_from("<4sI", data, position)
        # A piece of an odd length is followed by one byte more.
        end = position + 8 + length + length % 2
        yield Part(Place.PIXELS if name in WEBP_PIXELS else Place.NOTES, position, end)
        position = end
    yield Part(Place.BEHIND, whole, len(data))


def _walk_gif(data: bytes) -> Iterator[Part]:
    position = 13 + _palette_bytes(data[10])
    while block := GIF_BLOCK.search(data, position):
        # Programs that show a GIF leave out what is no block.
        yield Part(Place.NOTES, position, block.start())
        start, mark = block.start(), data[block.start()]
        if mark == GIF_IMAGE:
            flags = data[start + 9] if start + 9 < len(data) else 0
            position = _skip_blocks(data, start + 11 + _palette_bytes(flags))
            yield Part(Place.PIXELS, start, position)
        elif mark == GIF_EXTENSION:
            position = _skip_blocks(data, start + 2)
            yield Part(Place.NOTES, start, position)
        else:
            position = start + 1
            break
    yield Part(Place.BEHIND, position, len(data))


def _palette_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _skip_blocks(data: bytes, position: int) -> int:
    while position < len(data) and data[position]:
        position += data[position] + 1
    return position + 1


def _walk_avif(data: bytes) -> Iterator[Part]:
    position = 0
    while position + 16 <= len(data):
        size, name = struct.unpack_from(">I4s", data, position)
        # Zero is up to the end of the file, one says that the size did not fit here.
        size = {0: len(data) - position, 1: int.from_bytes(data[position + 8 : position + 16])}.get(size, size)
        if size < 8 or position + size > len(data) or not name.isalnum():
            break
        yield Part(Place.PIXELS if name == b"mdat" else Place.NOTES, position, position + size)
        position += size
    yield Part(Place.BEHIND, position, len(data))


# A camera's JPEG with more than one picture is a JPEG, with the others behind it.
WALKS: dict[str, Callable[[bytes], Iterator[Part]]] = {
    "JPEG": _walk_jpeg,
    "MPO": _walk_jpeg,
    "PNG": _walk_png,
    "GIF": _walk_gif,
    "WEBP": _walk_webp,
    "AVIF": _walk_avif,
}
