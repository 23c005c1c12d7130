"""What is refused, each with a reason that says what to do. Nothing is ever a fault of ours."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.media.samples import (
    DIGEST,
    HEIC,
    HTML,
    LIMITS,
    SVG,
    animation,
    gif_of,
    photograph,
    picture,
    png_claiming,
    saved,
)
from web.media.kinds import BROKEN
from web.media.pictures import Finished, Limits, PictureError, check_size, finish

JPEG = photograph(300, 200)
SEEDS = [
    JPEG,
    photograph(80, 60, kind="PNG"),
    saved(picture(), "GIF"),
    animation(),
    animation("WEBP"),
    animation("PNG"),
]
SEEDS += [saved(picture(), kind) for kind in ("WEBP", "AVIF")]


def outcome(data: bytes, limits: Limits = LIMITS) -> Finished | str:
    """What became of a file, or why it was refused."""
    try:
        check_size(len(data), limits)
        return finish(BytesIO(data), DIGEST, limits)
    except PictureError as refused:
        return str(refused)


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    found = outcome(data, limits)
    assert isinstance(found, str), "it was taken"
    return found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (SVG, "SVG and other XML files can carry programs."),
        (b"\n <?xml version='1.0'?>" + SVG, "SVG and other XML files can carry programs."),
        (HTML, "This is a web page, not an image."),
        (b"%PDF-1.7", "This is a PDF file, not an image."),
        (HEIC, "Browsers cannot show HEIC images"),
        (b"\0\0\0\x18ftypisom", "This is a film, not an image."),
        (saved(picture(), "TIFF"), "Browsers cannot show TIFF images"),
        (saved(picture(), "BMP"), "This is no image that can be read."),
        (saved(picture(), "ICO"), "This is no image that can be read."),
        (saved(picture(), "PPM"), "This is no image that can be read."),
        (b"PK\x03\x04", "This is an archive, not an image."),
        (b"GIF89a", BROKEN),
        (b"\x89PNG\r\n\x1a\n", BROKEN),
        (b"plain words", "Please upload a JPEG, PNG, GIF, WebP or AVIF image."),
    ],
)
def test_what_is_no_image_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize("data", SEEDS)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_half_an_image_is_refused_or_whole(data: bytes, part: float) -> None:
    assert outcome(data[: int(len(data) * part)])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_image_is_refused(kind: str) -> None:
    data = saved(Image.effect_noise((300, 200), 90).convert("RGB"), kind)
    assert refusal(data[: len(data) // 2]) == BROKEN


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png_claiming(10_000, 10_000), "This image has 100.0 megapixels (10,000 × 10,000); it can have at most 50."),
        (png_claiming(16_384, 1), "This image has 16,384 × 1 pixels; a side can have at most 16,383."),
        (png_claiming(2**31 - 1, 2**31 - 1), "a side can have at most 16,383."),
        (png_claiming(5_000, 5_000), BROKEN),
    ],
)
def test_bombs_are_refused_before_they_go_off(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_an_animation_counts_with_all_of_its_frames() -> None:
    small = Limits(file_bytes=1_000_000, megapixels=1)
    data = animation("GIF", (500, 500), frames=5)
    assert "1.2 megapixels in its 5 frames (500 × 500); it can have at most 1." in refusal(data, small)
    assert finish(BytesIO(animation("GIF", (500, 500), frames=4)), DIGEST, small)


def test_many_small_frames_are_too_many() -> None:
    head = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
    frame = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    assert refusal(head + 200_000 * frame + b";") == "This image has 200,000 frames; it can have at most 2,000."


@pytest.mark.parametrize("disposal", [0, 2, 3])
def test_a_later_frame_cannot_be_larger_than_the_image(disposal: int) -> None:
    """A file of a few bytes could ask for sixteen gigabytes this way."""
    assert refusal(gif_of((10, 10), (10, 10), (500, 500), disposal=disposal)) == BROKEN
    assert Image.MAX_IMAGE_PIXELS is None


def test_a_photograph_with_endless_passes_is_refused() -> None:
    data = saved(picture(), "JPEG", progressive=True)
    assert not isinstance(outcome(data), str)
    assert refusal(data[:-2] + 200 * b"\xff\xda\0\x08\1\1\0\0\0\0" + data[-2:]) == BROKEN


def test_a_large_file_is_refused_by_its_size() -> None:
    assert refusal(b"x" * 1_600_000, Limits(1_500_000, 1)) == "This file has 1.6 MB; an image can have at most 1.5 MB."


def test_nothing_but_the_pixels_survives() -> None:
    """What stands before, within and after them is gone, also where it looks like nothing in particular."""
    payload = b"script: alert(1)"
    gif = saved(picture(), "GIF", comment=b"*/=1;" + payload)
    for data in (JPEG + payload, saved(picture()) + payload, gif + payload, photograph(kind="JPEG") + b"PK\x05\x06"):
        for stored in finish(BytesIO(data), DIGEST, LIMITS).files.values():
            assert b"script" not in stored
            assert b"PK\x05\x06" not in stored


def check_harmless(data: bytes) -> None:
    """Either refused in words, or files that can be opened and carry nothing but pixels."""
    done = outcome(data)
    if isinstance(done, str):
        assert done.endswith(".")
        return
    assert list(done.files) == [done.picture.name, *done.picture.smaller_names]
    for stored in done.files.values():
        image = Image.open(BytesIO(stored))
        image.load()
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp"} & image.info.keys()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([seed[:12] for seed in SEEDS] + [b""]))
def test_whatever_is_sent_does_no_harm(data: bytes, head: bytes) -> None:
    check_harmless(head + data)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=8)), max_size=6),
    st.floats(0.2, 1),
)
def test_whatever_becomes_of_an_image_on_its_way_does_no_harm(
    seed: bytes, changes: list[tuple[float, bytes]], part: float
) -> None:
    damaged = bytearray(seed)
    for place, patch in changes:
        start = int(place * len(damaged))
        damaged[start : start + len(patch)] = patch
    check_harmless(bytes(damaged[: int(part * len(damaged))]))
