"""Which files may be uploaded, told by what is in them, and plain words about those that may not."""

import re

# Pillow's names of the formats that are read, and the kind of file in which the whole image is kept.
# AVIF is read but not written: that takes a minute where the others take a second.
KINDS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "webp"}
READABLE = ["JPEG", "PNG", "GIF", "WEBP", "AVIF"]
MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
# What a browser offers in its dialogue; what was really sent is looked at all the same.
ACCEPTED = "image/jpeg,image/png,image/gif,image/webp,image/avif"

USABLE = "Please upload a JPEG, PNG, GIF, WebP or AVIF image."
HEAD_BYTES = 1024
BROKEN = "This image is incomplete or damaged. Please open it, save it anew and upload that."
_READABLE = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF.{4}WEBP|.{4}ftypavi[fs]", re.DOTALL)
_REFUSED = (
    (
        re.compile(rb"\s*(?:<\?xml|<!--|<!doctype svg|<svg)", re.IGNORECASE),
        "SVG and other XML files can carry programs.",
    ),
    (re.compile(rb"\s*<", re.IGNORECASE), "This is a web page, not an image."),
    (re.compile(rb"%PDF"), "This is a PDF file, not an image."),
    (re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), "Browsers cannot show HEIC images, the iPhone’s own."),
    (re.compile(rb".{4}ftyp|\x1aE\xdf\xa3", re.DOTALL), "This is a film, not an image."),
    (re.compile(rb"II\*\0|MM\0\*"), "Browsers cannot show TIFF images or a camera’s raw files."),
    (re.compile(rb"PK\x03\x04"), "This is an archive, not an image."),
)


def why_not(head: bytes) -> str:
    """Why a file that begins like this cannot be an image here, as sentences."""
    if _READABLE.match(head):
        return BROKEN
    reason = next((words for pattern, words in _REFUSED if pattern.match(head)), "This is no image that can be read.")
    return f"{reason} {USABLE}"
