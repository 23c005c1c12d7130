"""Bytes arrive as they were, in whatever encoding a client understands."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.http.compression import best_encoding, compress


@pytest.mark.parametrize(
    ("accepted", "best", "without_brotli"),
    [
        (b"", "", ""),
        (b"br, gzip", "br", "gzip"),
        (b"gzip, deflate, br, zstd", "br", "gzip"),
        (b"GZIP", "gzip", "gzip"),
        (b"br;q=0, gzip;q=0.5", "gzip", "gzip"),
        (b"br;q=0.1;x=y", "br", ""),
        (b"*", "br", "gzip"),
        (b"*;q=0", "", ""),
        (b"identity", "", ""),
        (b"br;q=much", "", ""),
        (b"\xff;;q=,,=", "", ""),
    ],
)
def test_the_best_that_is_accepted(accepted: bytes, best: str, without_brotli: str) -> None:
    assert best_encoding(accepted) == best
    assert best_encoding(accepted, only_gzip=True) == without_brotli


@given(st.binary(max_size=3000))
def test_what_is_compressed_comes_back(body: bytes) -> None:
    assert brotli.decompress(compress(body, "br")) == body
    assert gzip.decompress(compress(body, "gzip")) == body
    assert compress(body, "") == body
