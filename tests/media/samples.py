"""Images made by hand: good ones, with all that a camera adds, and bad ones."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

from web.media.pictures import Limits

LIMITS = Limits(file_bytes=20_000_000, megapixels=50)
DIGEST = "0123456789abcdef0123456789abcdef"
SECRET = "Ada was here"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The bytes of an image file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photograph(width: int = 60, height: int = 40, *, kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A file with all that a camera adds: place, orientation, a comment, a profile."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 5.0, 1.0)})
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile(), "xmp": f"<x>{SECRET}</x>".encode()}
    if kind == "JPEG":
        options["comment"] = SECRET.encode()
    if kind == "PNG":
        options.pop("xmp")
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", SECRET)
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    return saved(picture(width, height), kind, **options)


def profile(name: str = "sRGB") -> bytes:
    """A colour profile as a file carries it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]


def swapped_profile() -> bytes:
    """A profile that takes red for green and the other way round, so that whoever heeds it sees it."""
    data = bytearray(profile())
    red, green = data.index(b"rXYZ", 128), data.index(b"gXYZ", 128)
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def animation(kind: str = "GIF", size: tuple[int, int] = (60, 40), frames: int = 3, **options: Any) -> bytes:
    """A square that wanders to the right."""
    images = []
    for number in range(frames):
        images.append(Image.new("RGB", size, BLUE))
        images[-1].paste(RED, (number * 10, 0, number * 10 + 10, 10))
    return saved(images[0], kind, save_all=True, append_images=images[1:], **{"duration": 200, "loop": 0} | options)


def gif_of(screen: tuple[int, int], *frames: tuple[int, int], disposal: int = 0) -> bytes:
    """A GIF that says how large it is, with frames of whatever sizes: black, white, black …"""
    parts = [b"GIF89a" + struct.pack("<HH", *screen) + b"\x80\0\0\0\0\0\xff\xff\xff"]
    for number, size in enumerate(frames):
        frame = Image.new("P", size, number % 2)
        frame.putpalette([0, 0, 0, 255, 255, 255])
        file = saved(frame, "GIF", optimize=False)
        palette = 3 << ((file[10] & 7) + 1)
        start = file.index(b",", 13 + palette)
        parts.append(
            b"!\xf9\4" + bytes([disposal << 2]) + b"\0\0\0\0" + file[start : start + 9] + b"\0" + file[start + 10 : -1]
        )
    return b"".join(parts) + b";"


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * min(width * 3 * height, 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
