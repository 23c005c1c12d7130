"""Files that are an image and something else at once, made so that somebody takes them for the other thing.

What is stored is made anew from the pixels, so nothing else would be left of such a file. It is refused all the same:
whoever uploads one by mistake should know what they have.

Compressed pixels are any bytes at all, and a long film behind a photograph too. So each sign is long enough to
stand there by chance in less than one of ten thousand files of 20 MB; docs/decisions/0040-images.md has the figures.
"""

import re
import zipfile
from io import BytesIO
from typing import NamedTuple

from web.media.containers import Place, gather


class Sign(NamedTuple):
    """How files of some kind begin: bytes that are quickly looked for, and what must follow them."""

    kind: str
    mark: bytes
    then: bytes = b""


ARCHIVE, DOCUMENT, PDF, PROGRAM, PAGE = "an archive", "a document", "a PDF file", "a program", "a web page"
# Looked for in the whole file: programs that open archives and documents find them anywhere in another file.
ANYWHERE = (
    Sign(ARCHIVE, b"PK\3\4", rb"[\n-?]\0.[\0\x08][\0\x08\t\x0c\x0e\x5d\x5f\x63]\0"),
    Sign(ARCHIVE, b"Rar!\x1a\7"),
    Sign(ARCHIVE, b"7z\xbc\xaf\x27\x1c"),
    Sign(ARCHIVE, b"\xfd7zXZ\0"),
    Sign(ARCHIVE, b"BZh", rb"[1-9]1AY&SY"),
    Sign(ARCHIVE, b"ustar", rb"(?:\x0000|  \0)"),
    Sign(ARCHIVE, b"MSCF\0\0\0\0"),
    Sign(ARCHIVE, b"\1CD001\1"),
    Sign(PDF, b"%PDF-", rb"\d"),
    Sign(DOCUMENT, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    Sign(DOCUMENT, b"{\\rtf1"),
    Sign(DOCUMENT, b"%!PS-Adobe-"),
    Sign(PROGRAM, b"\x7fELF", rb"[\x01\x02][\x01\x02]\x01"),
    Sign(PROGRAM, b"!This program "),
    Sign(PROGRAM, b"\xca\xfe\xba\xbe\0\0\0"),
    Sign(PROGRAM, b"\xcf\xfa\xed\xfe", rb"[\x07\x0c]\0\0\x01"),
    Sign(PROGRAM, b"\0asm\1\0\0\0"),
    Sign(PROGRAM, b"#!", rb"/(?:usr/)?bin/"),
    Sign(PROGRAM, b"__HALT_COMPILER()"),
)
PAGE_ANYWHERE = re.compile(rb"<script[\s>/]|<!doctype html|<html(?=[\s>])[\t\n\r -~]{4}", re.IGNORECASE)
PROGRAM_ANYWHERE = re.compile(rb"<\?php\s", re.IGNORECASE)
# Too short to be looked for anywhere, but nothing of a camera begins like this behind the image.
BEGINNINGS = {b"\x1f\x8b\x08": ARCHIVE, b"\x28\xb5\x2f\xfd": ARCHIVE, b"PK\3\4": ARCHIVE, b"MZ": PROGRAM}
# Readers of PDF files look for their mark in the first kilobyte.
PDF_WITHIN = 1024
# The width of such a GIF is a comment that hides the image from a browser which runs it as a script.
SCRIPT_GIF = re.compile(rb"GIF8[79]a/\*")
# Elements that load or run something, and any that does on an event. What a camera writes is XML of other names.
# Plain text must follow: between other bytes the few letters of a name stand by chance.
# Captions name books and windows about JavaScript, and link to their photographer: only a link to a script counts.
ELEMENTS = (
    rb"audio|base|body|button|details|div|embed|form|frameset|head|html|iframe|image|img|input|link|marquee|math|meta"
    rb"|object|script|style|svg|template|title|video"
)
PAGE_IN_WORDS = re.compile(
    rb"<(?:" + ELEMENTS + rb")(?=[\s/>])[\t\n\r -~]{7}|<[a-z][\t\n\r -;=?-~]{1,200}?[\s/\"']on[a-z]{3,30}\s*="
    rb"|=[\s\"']{0,9}javascript:[\t\n\r -~]{4}",
    re.IGNORECASE,
)
PROGRAM_IN_WORDS = re.compile(rb"<(?:\?[=\s]|%[=@!\s])[\t\n\r -~]{16}|<\?=[\t\n\r -~]{1,16}?\?>")


def second_kind(data: bytes, image_format: str) -> str | None:
    """What a file is besides an image, in words; None for a plain image. The format is one of Pillow's names."""
    if SCRIPT_GIF.match(data):
        return PROGRAM
    if b"%PDF-" in data[:PDF_WITHIN]:
        return PDF
    behind = gather(data, image_format, Place.BEHIND)
    begins = (kind for mark, kind in BEGINNINGS.items() if behind.startswith(mark))
    return next(begins, None) or _anywhere(data) or (ARCHIVE if _is_archive(data) else None) or in_words(behind)


def kind_in_notes(data: bytes, image_format: str) -> str | None:
    """What an image's comments, descriptions and metadata hold that is no description, in words; else None."""
    return in_words(gather(data, image_format, Place.NOTES))


def in_words(words: bytes) -> str | None:
    """What stands among words and numbers that a browser or a server would take for its own."""
    if PAGE_IN_WORDS.search(words):
        return PAGE
    return PROGRAM if PROGRAM_IN_WORDS.search(words) else None


def _anywhere(data: bytes) -> str | None:
    for sign in ANYWHERE:
        if sign.mark in data and re.search(re.escape(sign.mark) + sign.then, data, re.DOTALL):
            return sign.kind
    if PAGE_ANYWHERE.search(data):
        return PAGE
    return PROGRAM if PROGRAM_ANYWHERE.search(data) else None


def _is_archive(data: bytes) -> bool:
    # The four bytes at the end of an archive may stand in any image; a list of files that can be read does not.
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return bool(archive.namelist())
    except Exception:  # Whatever stands there, it is no archive.
        return False
