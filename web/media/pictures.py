"""From an uploaded file to the files that are stored: pure functions, slow, to be called in a worker thread."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageFile, UnidentifiedImageError

from web.html.pictures import Picture
from web.media import encoding
from web.media.chunks import read_chunks
from web.media.frames import count_frames, read_frames
from web.media.kinds import BROKEN, HEAD_BYTES, KINDS, READABLE, why_not
from web.media.polyglots import in_words, kind_in_notes, second_kind

# WebP cannot be larger in either direction.
SIDE_LIMIT = 16_383
# Each costs something, however small it is.
FRAME_LIMIT = 2_000
# A progressive JPEG of a camera or a program has ten passes over its pixels; each costs as much as the whole image.
PASS_LIMIT = 100
DIGEST_LENGTH = 32
MADE_ANEW = "Please open it in a program for images, save it anew and upload that."
DESCRIBED = ("exif", "xmp")

# Pillow's own limit holds for a whole process; ours is checked before anything is decoded.
# Frames that come later are held to the size of the image where they are read.
Image.MAX_IMAGE_PIXELS = None


class PictureError(Exception):
    """A file cannot be taken. Its text says why, and what to do."""


@dataclass(frozen=True)
class Limits:
    """How large an image may be."""

    file_bytes: int
    megapixels: int


@dataclass(frozen=True)
class Finished:
    """An image, and all of its files by name, the whole one first."""

    picture: Picture
    files: dict[str, bytes]

    @property
    def byte_size(self) -> int:
        """What all files take together."""
        return sum(map(len, self.files.values()))


def digest_of(file: BinaryIO, owner_id: int) -> str:
    """What names an image: a digest of what was uploaded, and by whom.

    So the same image of two people is two, and neither can delete the other's.
    """
    digest = hashlib.sha256(f"{owner_id}:".encode())
    for chunk in read_chunks(file):
        digest.update(chunk)
    return digest.hexdigest()[:DIGEST_LENGTH]


def check_size(byte_size: int, limits: Limits) -> None:
    """Raise PictureError for a file that need not even be looked at."""
    if byte_size == 0:
        raise PictureError("This file is empty. Please choose another one.")
    if byte_size > limits.file_bytes:
        raise PictureError(f"This file has {megabytes(byte_size)}; an image can have at most {_limit(limits)}.")


def finish(file: BinaryIO, digest: str, limits: Limits) -> Finished:
    """Make the files of an image. Raises PictureError for whatever is no image, too large or broken."""
    image = _opened(file)
    with image:
        _check_alone(image, file)
        _check_passes(image, file)
        _check_pixels(image, limits)
        kind = KINDS[str(image.format)]
        try:
            return _finish(image, digest, kind)
        except Exception as error:  # Decoders raise whatever they stumble over.
            raise PictureError(BROKEN) from error


def megabytes(byte_size: int) -> str:
    """A size as people say it: `1.2 MB`, below that `340 kB`."""
    if byte_size < 1_000_000:
        return f"{max(1, round(byte_size / 1000))} kB"
    return f"{byte_size / 1_000_000:.1f} MB"


def _limit(limits: Limits) -> str:
    return f"{limits.file_bytes / 1_000_000:g} MB"


def _opened(file: BinaryIO) -> ImageFile.ImageFile:
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    try:
        return Image.open(file, formats=READABLE)
    except UnidentifiedImageError as error:
        raise PictureError(why_not(head)) from error
    except Exception as error:  # Of a damaged header a decoder may say anything.
        raise PictureError(BROKEN) from error


def _check_alone(image: ImageFile.ImageFile, file: BinaryIO) -> None:
    place = file.tell()
    file.seek(0)
    data, kind = file.read(), str(image.format)
    file.seek(place)
    if found := second_kind(data, kind):
        raise PictureError(f"This file is an image and {found} at once. {MADE_ANEW}")
    # Where these stand in a file of boxes is only told by other boxes; Pillow has followed them.
    described = b"\0".join(image.info[name] for name in DESCRIBED if isinstance(image.info.get(name), bytes))
    if found := kind_in_notes(data, kind) or in_words(described):
        raise PictureError(f"The notes inside this image (comment, description and the like) hold {found}. {MADE_ANEW}")


def _check_passes(image: ImageFile.ImageFile, file: BinaryIO) -> None:
    if KINDS[str(image.format)] != "jpg":
        return
    place = file.tell()
    passes = sum(chunk.count(b"\xff\xda") for chunk in read_chunks(file))
    file.seek(place)
    if passes > PASS_LIMIT:
        raise PictureError(BROKEN)


def _check_pixels(image: ImageFile.ImageFile, limits: Limits) -> None:
    if min(image.size) < 1 or max(image.size) > SIDE_LIMIT:
        raise PictureError(f"This image has {_sides(image)} pixels; a side can have at most {SIDE_LIMIT:,}.")
    frames = _count(image)
    if frames > FRAME_LIMIT:
        raise PictureError(f"This image has {frames:,} frames; it can have at most {FRAME_LIMIT:,}.")
    megapixels = image.width * image.height * frames / 1_000_000
    if megapixels > limits.megapixels:
        what = f"in its {frames} frames " if frames > 1 else ""
        raise PictureError(
            f"This image has {megapixels:,.1f} megapixels {what}({_sides(image)}); "
            f"it can have at most {limits.megapixels:,}. Please make it smaller."
        )


def _count(image: ImageFile.ImageFile) -> int:
    try:
        return count_frames(image)
    except Exception as error:  # Counting the frames of a GIF reads all of it.
        raise PictureError(BROKEN) from error


def _sides(image: ImageFile.ImageFile) -> str:
    return f"{image.width:,} × {image.height:,}"


def _finish(image: ImageFile.ImageFile, digest: str, kind: str) -> Finished:
    frames = read_frames(image)
    kind, data = encoding.whole(frames, kind)
    picture = Picture(digest, frames.width, frames.height, kind)
    files = {picture.name: data}
    for width, name in zip(picture.widths, picture.smaller_names, strict=True):
        files[name] = encoding.smaller(frames, width)
    return Finished(picture, files)
