"""Reads an image into plain pixels: upright, in sRGB, with nothing of the file that carried them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps, ImageSequence

# For a frame that does not say how long it stays.
FRAME_MILLISECONDS = 100
# Pillow takes values of 16 bits for values of 8, and cuts off what is brighter.
DEEP_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
ALPHA_MODES = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})
MOVING = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
# A careless program lets a frame of a GIF reach a little beyond the image; what is there is cut off.
ROOM_FOR_FRAMES = 1.5
SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class Frames:
    """One image, or several of the same size that follow each other."""

    images: list[Image.Image]
    milliseconds: list[int]
    # How often it plays; 0 is for ever.
    plays: int = 0

    @property
    def width(self) -> int:
        return self.images[0].width

    @property
    def height(self) -> int:
        return self.images[0].height

    @property
    def is_moving(self) -> bool:
        return len(self.images) > 1


def count_frames(image: ImageFile.ImageFile) -> int:
    """How many frames an opened file has, without decoding them; 1 where the others are not meant to be shown."""
    # A camera puts a second, smaller or darker, picture into a JPEG.
    return int(getattr(image, "n_frames", 1)) if image.format in MOVING else 1


def read_frames(image: ImageFile.ImageFile) -> Frames:
    """Decode an opened file. Raises whatever the decoder does for a broken one."""
    if count_frames(image) == 1:
        return Frames([_plain(ImageOps.exif_transpose(image))], [0])
    images, milliseconds = [], []
    whole = (0, 0, *image.size)
    with _bounded(image.width * image.height):
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            # Only those who cannot play a PNG are meant to see this one.
            if number == 0 and getattr(image, "default_image", False):
                continue
            milliseconds.append(round(frame.info.get("duration") or FRAME_MILLISECONDS))
            images.append(_plain(frame.crop(whole)))
    return Frames(_alike(images), milliseconds, _plays(image))


@contextmanager
def _bounded(pixels: int) -> Iterator[None]:
    """Refuse frames that claim to be much larger than the image, before there is room made for them.

    Pillow knows one number for the whole process, and refuses twice as many pixels. Images are read one at a time.
    """
    Image.MAX_IMAGE_PIXELS = round(pixels * ROOM_FOR_FRAMES)
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = None


def _plain(image: Image.Image) -> Image.Image:
    """The same pixels as L, RGB or RGBA in sRGB, without palette and metadata."""
    profile = image.info.get("icc_profile")
    if image.mode in DEEP_MODES:
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    has_alpha = image.mode in ALPHA_MODES or "transparency" in image.info
    if profile:
        image = _in_srgb(image, profile)
    is_grey = image.mode in ("L", "1") and not has_alpha
    plain = image.convert("L" if is_grey else "RGBA" if has_alpha else "RGB")
    plain.info = {}
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert("RGBA" if image.mode in ALPHA_MODES or "transparency" in image.info else "RGB")
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A profile that is broken or meant for another kind of image says nothing.
        return image
    return changed or image


def _alike(images: list[Image.Image]) -> list[Image.Image]:
    """All frames in one mode: with transparency where any of them is transparent anywhere."""
    is_opaque = all(image.mode != "RGBA" or image.getchannel("A").getextrema() == (255, 255) for image in images)
    return [image.convert("RGB" if is_opaque else "RGBA") for image in images]


def _plays(image: ImageFile.ImageFile) -> int:
    loops = image.info.get("loop")
    if image.format != "GIF":
        return int(loops or 0)
    # A GIF counts how often it plays again, and plays once when it says nothing.
    return 1 if loops is None else int(loops) + 1 if loops else 0
