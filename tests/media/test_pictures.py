"""From whatever somebody uploads to the files that are stored: upright, in sRGB, with pixels only, or refused."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageSequence

from tests.media.samples import (
    BLUE,
    DIGEST,
    LIMITS,
    RED,
    SECRET,
    animation,
    gif_of,
    photograph,
    picture,
    saved,
    swapped_profile,
)
from web.html.pictures import Picture
from web.media.pictures import Finished, digest_of, finish

CORNERS = {1: (RED, BLUE), 3: (BLUE, RED), 6: (RED, RED), 8: (BLUE, BLUE)}


def finished(data: bytes) -> Finished:
    return finish(BytesIO(data), DIGEST, LIMITS)


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def whole(data: bytes) -> Image.Image:
    """The image in its full size, as it is stored."""
    done = finished(data)
    return opened(done.files[done.picture.name])


def is_like(pixel: Any, colour: tuple[int, ...], tolerance: int = 12) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize(
    ("kind", "stored"), [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "png"), ("WEBP", "webp"), ("AVIF", "webp")]
)
def test_each_kind_becomes_files_of_the_sizes_that_are_needed(kind: str, stored: str) -> None:
    done = finished(saved(picture(1000, 500), kind))
    assert done.picture == Picture(DIGEST, 1000, 500, stored)
    assert list(done.files) == [done.picture.name, *done.picture.smaller_names]
    images = [opened(data) for data in done.files.values()]
    assert [image.size for image in images] == [(1000, 500), (400, 200), (800, 400)]
    assert [image.format for image in images[1:]] == ["WEBP", "WEBP"]
    for image in images:
        assert is_like(image.convert("RGB").getpixel((5, 5)), RED)
        assert is_like(image.convert("RGB").getpixel((image.width - 5, 5)), BLUE)
    assert done.byte_size == sum(len(data) for data in done.files.values())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_but_pixels_is_stored(kind: str) -> None:
    data = photograph(500, 300, kind=kind)
    assert SECRET.encode() in data
    for stored in finished(data).files.values():
        assert SECRET.encode() not in stored
        image = opened(stored)
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp"} & image.info.keys()


@pytest.mark.parametrize("orientation", CORNERS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_images_stand_upright(kind: str, orientation: int) -> None:
    image = whole(photograph(60, 40, kind=kind, orientation=orientation)).convert("RGB")
    assert image.size == ((60, 40) if orientation in (1, 3) else (40, 60))
    assert is_like(image.getpixel((3, 3)), CORNERS[orientation][0])
    assert is_like(image.getpixel((image.width - 4, 3)), CORNERS[orientation][1])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_turned_into_those_that_browsers_expect(kind: str) -> None:
    image = whole(saved(picture(), kind, icc_profile=swapped_profile())).convert("RGB")
    red, green, _ = image.getpixel((5, 5))
    assert green > red + 50
    assert is_like(whole(saved(picture(), kind, icc_profile=b"nonsense")).convert("RGB").getpixel((5, 5)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_every_mode_is_read(mode: str) -> None:
    source = Image.new("RGB", (500, 10), "white" if mode == "1" else "red").convert(mode)
    expected = source.convert("RGB").getpixel((9, 5))
    for data in finished(saved(source, "JPEG" if mode == "CMYK" else "PNG")).files.values():
        assert is_like(opened(data).convert("RGB").getpixel((9, 5)), expected)


def test_many_shades_become_as_bright() -> None:
    for data in finished(saved(Image.new("I;16", (500, 10), 32768))).files.values():
        assert is_like(opened(data).convert("RGB").getpixel((9, 5)), (128, 128, 128))


def test_transparency_stays() -> None:
    image = picture(500, 50, "RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 50, 50))
    for kind in ("PNG", "WEBP", "GIF"):
        for data in finished(saved(image, kind)).files.values():
            assert opened(data).convert("RGBA").getpixel((5, 5))[3] == 0
            assert opened(data).convert("RGBA").getpixel((300, 20))[3] == 255


def test_drawings_stay_small_and_exact() -> None:
    drawing = picture(500, 500)
    stored = whole(saved(drawing))
    assert stored.mode == "P"
    assert stored.convert("RGB").tobytes() == drawing.tobytes()
    colourful = Image.linear_gradient("L").resize((300, 300))
    colourful = Image.merge("RGB", [colourful, colourful.transpose(Image.Transpose.ROTATE_90), colourful])
    stored = whole(saved(colourful))
    assert stored.mode == "RGB"
    assert stored.tobytes() == colourful.tobytes()


@pytest.mark.parametrize(("kind", "stored"), [("GIF", "gif"), ("WEBP", "webp"), ("PNG", "webp"), ("AVIF", "webp")])
def test_what_moves_goes_on_moving_in_every_size(kind: str, stored: str) -> None:
    done = finished(animation(kind, (500, 100)))
    assert done.picture == Picture(DIGEST, 500, 100, stored)
    for data in done.files.values():
        image = opened(data)
        assert image.n_frames == 3  # type: ignore[attr-defined]
        frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(image)]
        scale = image.width / 500
        for number, frame in enumerate(frames):
            assert is_like(frame.getpixel((round((number * 10 + 5) * scale), round(5 * scale))), RED, 60)
            assert is_like(frame.getpixel((round(450 * scale), round(5 * scale))), BLUE, 30)
        assert image.info["loop"] == 0


@pytest.mark.parametrize(
    ("options", "gif", "webp"), [({"loop": 0}, 0, 0), ({"loop": 2}, 2, 3), ({"loop": None}, None, 1)]
)
def test_it_plays_as_often_as_before(options: dict[str, Any], gif: int | None, webp: int) -> None:
    done = finished(animation("GIF", (500, 100), **options))
    whole_data, smaller_data = done.files.values()
    assert opened(whole_data).info.get("loop") == gif
    assert opened(smaller_data).info["loop"] == webp


def test_frames_keep_their_time() -> None:
    done = finished(animation("GIF", (60, 40), duration=[100, 300, 500]))
    image = opened(done.files[done.picture.name])
    assert [frame.info["duration"] for frame in ImageSequence.Iterator(image)] == [100, 300, 500]


def test_what_a_frame_shows_beyond_the_image_is_cut_off() -> None:
    image = whole(gif_of((10, 10), (10, 10), (12, 11), (10, 10)))
    assert [frame.size for frame in ImageSequence.Iterator(image)] == [(10, 10)] * 3


def test_the_picture_for_those_who_cannot_play_a_png_is_no_frame() -> None:
    data = saved(
        Image.new("RGB", (60, 40), "white"),
        save_all=True,
        default_image=True,
        append_images=[picture(), picture().rotate(180)],
        duration=[100, 300],
    )
    frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(whole(data))]
    assert is_like(frames[0].getpixel((3, 3)), RED, 30)
    assert is_like(frames[1].getpixel((3, 3)), BLUE, 30)
    assert len(frames) == 2


def test_the_other_pictures_in_a_photograph_are_left_out() -> None:
    data = saved(picture(), "MPO", save_all=True, append_images=[picture(60, 40, "L")])
    done = finished(data)
    assert done.picture.kind == "jpg"
    assert opened(done.files[done.picture.name]).format == "JPEG"


def test_the_digest_tells_content_and_owner() -> None:
    first, second = BytesIO(b"a" * 3_000_000), BytesIO(b"b")
    assert digest_of(first, 1) == digest_of(first, 1)
    assert len({digest_of(first, 1), digest_of(first, 2), digest_of(second, 1)}) == 3
    assert Picture.parse(f"{digest_of(first, 1)}-1x1.png") is not None
