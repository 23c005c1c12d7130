"""Which compression a client understands, and how bytes are compressed.

A page with holes is compressed once as well: gzip's format lets pieces that were compressed before stand beside
pieces that are not compressed at all (RFC 1951, 3.2.4; RFC 1952), so that only what fills a hole is new.
"""

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache

import brotli

# What the names in Accept-Encoding stand for, best first.
BROTLI, GZIP, PLAIN = "br", "gzip", ""
# Higher levels gain a few percent and cost many times as much.
BROTLI_QUALITY = 5
GZIP_LEVEL = 4
SMALLEST_BYTES = 500
LONGEST_REMEMBERED = 200

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST_EMPTY_BLOCK = b"\x03\x00"
LARGEST_STORED_BLOCK = 65_535


def best_encoding(accepted: bytes, *, only_gzip: bool = False) -> str:
    """The best of our encodings that an Accept-Encoding header allows (RFC 9110, 12.5.3)."""
    # Browsers send a few short ones; what somebody made up is not remembered.
    return _best_encoding(accepted, only_gzip) if len(accepted) < LONGEST_REMEMBERED else PLAIN


@lru_cache(maxsize=256)
def _best_encoding(accepted: bytes, only_gzip: bool) -> str:
    weights = dict(_weighted(item) for item in accepted.decode("latin-1").lower().split(","))
    for encoding in (GZIP,) if only_gzip else (BROTLI, GZIP):
        if weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return PLAIN


def compress(body: bytes, encoding: str, quality: int = BROTLI_QUALITY) -> bytes:
    """The whole body in that encoding. `quality` is brotli's, from 0 to 11."""
    if encoding == BROTLI:
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))
    return zlib.compress(body, GZIP_LEVEL, wbits=31) if encoding == GZIP else body


def deflated_pieces(texts: Iterable[bytes]) -> list[bytes]:
    """Each text as a piece of one deflate stream that ends on a whole byte and needs nothing of those before it."""
    pieces = []
    for text in texts:
        compressor = zlib.compressobj(GZIP_LEVEL, wbits=-15)
        pieces.append(compressor.compress(text) + compressor.flush(zlib.Z_FULL_FLUSH))
    return pieces


def stored_piece(text: bytes) -> bytes:
    """A short text as a piece of a deflate stream, not compressed. Raises ValueError beyond 65,535 bytes."""
    if len(text) > LARGEST_STORED_BLOCK:
        raise ValueError("a stored block holds 65,535 bytes at most")
    return b"\x00" + struct.pack("<HH", len(text), len(text) ^ 0xFFFF) + text


def gzip_of_pieces(pieces: Iterable[bytes], plain: bytes) -> bytes:
    """The gzip file of pieces that together stand for the plain bytes."""
    trailer = struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
    return b"".join((GZIP_HEADER, *pieces, LAST_EMPTY_BLOCK, trailer))


def _weighted(item: str) -> tuple[str, float]:
    name, *parameters = (part.strip() for part in item.split(";"))
    weight = next((text.removeprefix("q=") for text in parameters if text.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0
