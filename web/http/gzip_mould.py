"""A gzip file with gaps in it, of which only what fills the gaps is compressed and looked at anew.

Gzip lets pieces that were compressed before stand beside pieces that are not compressed at all (RFC 1951, 3.2.4;
RFC 1952). Its checksum, CRC-32, is an affine function of the checksum before: what each bit of that contributes at
the end of a known text can be looked up, instead of reading the text again.
"""

import struct
import zlib
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache

from web.http.compression import GZIP_LEVEL

HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST_EMPTY_BLOCK = b"\x03\x00"
LARGEST_STORED_BLOCK = 65_535
# Below that, reading a text again is as quick as looking up.
SHORTEST_LOOKED_UP = 2_000

Advance = Callable[[int], int]


class GzipMould:
    """The texts before, between and after gaps. Making one takes time; filling it takes hardly any."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._pieces = [_deflated(text) for text in texts]
        self._advances = [_advance(text) for text in texts]
        self._bytes = sum(map(len, texts))
        self.size = sum(map(len, self._pieces)) + sum(len(text) >= SHORTEST_LOOKED_UP for text in texts) * 4_096

    def filled(self, words: Sequence[bytes]) -> bytes:
        """The gzip file with the words in the gaps. ValueError where some are longer than 65,535 bytes."""
        parts = [HEADER, self._pieces[0]]
        checksum, size = self._advances[0](0), self._bytes
        for word, piece, advance in zip(words, self._pieces[1:], self._advances[1:], strict=True):
            if word:
                parts += (_stored_block(len(word)), word)
                checksum = zlib.crc32(word, checksum)
                size += len(word)
            parts.append(piece)
            checksum = advance(checksum)
        parts += (LAST_EMPTY_BLOCK, struct.pack("<II", checksum, size & 0xFFFFFFFF))
        return b"".join(parts)


def _deflated(text: bytes) -> bytes:
    # A piece of a stream that ends on a whole byte and needs nothing of those before it.
    compressor = zlib.compressobj(GZIP_LEVEL, wbits=-15)
    return compressor.compress(text) + compressor.flush(zlib.Z_FULL_FLUSH)


@lru_cache(maxsize=1024)
def _stored_block(length: int) -> bytes:
    # What comes before bytes that are not compressed.
    if length > LARGEST_STORED_BLOCK:
        raise ValueError("a stored block holds 65,535 bytes at most")
    return b"\x00" + struct.pack("<HH", length, length ^ 0xFFFF)


def _advance(text: bytes) -> Advance:
    # The checksum after the text, from the one before it.
    if len(text) < SHORTEST_LOOKED_UP:
        return lambda checksum: zlib.crc32(text, checksum)
    end = zlib.crc32(text)
    first, second, third, fourth = (_contributions(text, end, place) for place in (0, 8, 16, 24))

    def advance(checksum: int) -> int:
        return (
            end
            ^ first[checksum & 255]
            ^ second[checksum >> 8 & 255]
            ^ third[checksum >> 16 & 255]
            ^ fourth[checksum >> 24]
        )

    return advance


def _contributions(text: bytes, end: int, place: int) -> "array[int]":
    # What each value of the byte at that place of the checksum before changes in the one after the text.
    found = array("I", bytes(4 * 256))
    for bit in range(8):
        of_bit = zlib.crc32(text, 1 << (place + bit)) ^ end
        for value in range(1 << bit):
            found[(1 << bit) | value] = found[value] ^ of_bit
    return found
