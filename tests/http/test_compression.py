"""Bytes arrive as they were, in whatever encoding a client understands."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.http.compression import best_encoding, compress, deflated_pieces, gzip_of_pieces, stored_piece


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


@given(st.lists(st.tuples(st.binary(max_size=500), st.binary(max_size=80)), max_size=6), st.binary(max_size=500))
def test_pieces_and_what_stands_between_make_one_gzip_file(parts: list[tuple[bytes, bytes]], end: bytes) -> None:
    plain = b"".join(piece + word for piece, word in parts) + end
    compressed = deflated_pieces([*(piece for piece, _ in parts), end])
    pieces = [part for piece, (_, word) in zip(compressed, parts, strict=False) for part in (piece, stored_piece(word))]
    assert gzip.decompress(gzip_of_pieces([*pieces, compressed[-1]], plain)) == plain


def test_a_stored_piece_has_a_limit() -> None:
    assert gzip.decompress(gzip_of_pieces([stored_piece(b"x" * 65_535)], b"x" * 65_535)) == b"x" * 65_535
    with pytest.raises(ValueError, match="65,535"):
        stored_piece(b"x" * 65_536)
