"""Which compression a client understands, and how bytes are compressed."""

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
COMPRESSIBLE = (
    b"text/",
    b"application/xml",
    b"application/json",
    b"application/atom+xml",
    b"application/rss+xml",
    b"application/feed+json",
    b"image/svg+xml",
    b"image/x-icon",
    b"image/vnd.microsoft.icon",
)
LONGEST_REMEMBERED = 200


def is_worth_it(headers: Iterable[tuple[bytes, bytes]], size: int) -> bool:
    """Whether a body of so many bytes, of the type that its headers tell, becomes noticeably smaller."""
    content_type = next((value for name, value in headers if name == b"content-type"), b"")
    return size >= SMALLEST_BYTES and content_type.startswith(COMPRESSIBLE)


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


def _weighted(item: str) -> tuple[str, float]:
    name, *parameters = (part.strip() for part in item.split(";"))
    weight = next((text.removeprefix("q=") for text in parameters if text.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0
