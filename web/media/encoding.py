"""Writes images as new files: nothing of an uploaded file but its pixels gets into one."""

from tempfile import TemporaryFile
from typing import Any

from PIL import Image, ImageChops

from web.media.frames import Frames

JPEG_OPTIONS: dict[str, Any] = {"quality": 90, "progressive": True, "optimize": True}
WHOLE_WEBP_OPTIONS: dict[str, Any] = {"quality": 90, "method": 4}
# Readers get these: a third of the bytes of a JPEG that looks the same.
SMALLER_OPTIONS: dict[str, Any] = {"quality": 80, "method": 4}
# In a moving image each frame costs again.
MOVING_OPTIONS: dict[str, Any] = {"quality": 75, "method": 2}
# Beyond this a picture is first made smaller in a coarse way, which nobody sees and takes a tenth of the time.
REDUCING_GAP = 3.0


def whole(frames: Frames, kind: str) -> tuple[str, bytes]:
    """The kind of file that was possible, and an image in its full size: in the kind asked for where it can be."""
    if frames.is_moving:
        return ("gif", _gif(frames)) if kind == "gif" else ("webp", _webp(frames, WHOLE_WEBP_OPTIONS))
    (image,) = frames.images
    if kind == "jpg":
        return kind, _written(image, "JPEG", JPEG_OPTIONS)
    if kind == "webp":
        return kind, _webp(frames, WHOLE_WEBP_OPTIONS)
    # What stands still needs no GIF: a PNG has all of its colours in fewer bytes.
    return "png", _png(image)


def smaller(frames: Frames, width: int) -> bytes:
    """A smaller one as WebP, which moves when the image does."""
    height = max(1, round(frames.height * width / frames.width))
    images = [
        image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=REDUCING_GAP) for image in frames.images
    ]
    return _webp(Frames(images, frames.milliseconds, frames.plays), SMALLER_OPTIONS)


def _png(image: Image.Image) -> bytes:
    return _written(_with_palette(image) or image, "PNG", {})


def _with_palette(image: Image.Image) -> Image.Image | None:
    """Drawings and screenshots have few colours: naming each once keeps them small, if it changes none."""
    colours = image.getcolors(256) if image.mode == "RGB" else None
    if not colours:
        return None
    named = image.quantize(len(colours), Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    named.info = {}
    return named if ImageChops.difference(named.convert("RGB"), image).getbbox() is None else None


def _gif(frames: Frames) -> bytes:
    first, *others = frames.images
    options: dict[str, Any] = {"save_all": True, "append_images": others, "duration": frames.milliseconds}
    if frames.plays != 1:
        options["loop"] = max(0, frames.plays - 1)
    if first.mode == "RGBA":
        # Each frame takes away the one before, or that would show through.
        options["disposal"] = 2
    return _written(first, "GIF", options)


def _webp(frames: Frames, options: dict[str, Any]) -> bytes:
    first, *others = frames.images
    if others:
        moving = {"save_all": True, "append_images": others, "duration": frames.milliseconds, "loop": frames.plays}
        return _written(first, "WEBP", options | MOVING_OPTIONS | moving)
    return _written(first, "WEBP", options)


def _written(image: Image.Image, kind: str, options: dict[str, Any]) -> bytes:
    # A real file: into memory Pillow writes a JPEG without letting any other thread run, for a second and a half.
    with TemporaryFile() as file:
        image.save(file, kind, **options)
        file.seek(0)
        return file.read()
