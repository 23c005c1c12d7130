"""Gzip files of which a part was compressed beforehand."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.http.gzip_mould import SHORTEST_LOOKED_UP, GzipMould

# Long ones are looked up, short ones are read.
TEXTS = st.one_of(
    st.binary(max_size=500),
    st.builds(lambda seed, times: seed * times, st.binary(min_size=5, max_size=9), st.integers(300, 900)),
)


@given(st.lists(st.tuples(TEXTS, st.binary(max_size=80)), max_size=6), TEXTS)
def test_texts_and_what_stands_between_make_one_gzip_file(parts: list[tuple[bytes, bytes]], end: bytes) -> None:
    mould = GzipMould([*(text for text, _ in parts), end])
    plain = b"".join(text + word for text, word in parts) + end
    # Python checks the checksum and the length.
    assert gzip.decompress(mould.filled([word for _, word in parts])) == plain
    assert (
        gzip.decompress(mould.filled([word[::-1] for _, word in parts]))
        == b"".join(text + word[::-1] for text, word in parts) + end
    )


def test_it_tells_its_size() -> None:
    short, long = GzipMould([b"x" * 100, b"y"]), GzipMould([b"x" * SHORTEST_LOOKED_UP, b"y"])
    assert short.size < 100
    assert long.size > 4_096


def test_what_stands_between_has_a_limit() -> None:
    mould = GzipMould([b"a", b"b"])
    longest = b"x" * 65_535
    assert gzip.decompress(mould.filled([longest])) == b"a" + longest + b"b"
    with pytest.raises(ValueError, match="65,535"):
        mould.filled([longest + b"x"])
