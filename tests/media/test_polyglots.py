"""A file that is an image and something else at once is refused."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests.media.samples import DIGEST, LIMITS, animation, photograph, picture, saved
from web.media.pictures import Finished, PictureError, finish

JPEG = photograph(300, 200)
KINDS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
PLAIN = {kind: saved(picture(), kind) for kind in KINDS}
# What stands far behind an image is found as well as what follows it at once.
FAR = b"\0" * (1 << 20)


def outcome(data: bytes) -> Finished | str:
    try:
        return finish(BytesIO(data), DIGEST, LIMITS)
    except PictureError as refused:
        return str(refused)


def zip_archive() -> bytes:
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        made.writestr("a.txt", "A file in an archive.")
    return stored.getvalue()


def tar_archive() -> bytes:
    stored = BytesIO()
    with tarfile.open(fileobj=stored, mode="w") as made:
        made.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    return stored.getvalue()


OTHERS = [
    (zip_archive(), "an archive"),
    (tar_archive(), "an archive"),
    (b"Rar!\x1a\x07\x01\x00" + b"\x33" * 20, "an archive"),
    (b"Rar!\x1a\x07\x00" + b"\x33" * 20, "an archive"),
    (b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x33" * 20, "an archive"),
    (b"\xfd7zXZ\0\0\4" + b"\x33" * 20, "an archive"),
    (b"BZh91AY&SY" + b"\x33" * 20, "an archive"),
    (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
    (b"%!PS-Adobe-3.0", "a document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, "a document"),
    (b"{\\rtf1\\ansi", "a document"),
    (b"\x7fELF\2\1\1" + b"\0" * 20, "a program"),
    (b"MZ\x90\0\3" + b"\0" * 60 + b"!This program cannot be run in DOS mode.", "a program"),
    (b"\xca\xfe\xba\xbe\0\0\0\x34", "a program"),
    (b"\xcf\xfa\xed\xfe\x07\0\0\1", "a program"),
    (b"\0asm\1\0\0\0", "a program"),
    (b"#!/bin/sh\nexit", "a program"),
    (b"<?php echo 1;", "a program"),
    (b"<?= `$_GET[0]` ?>", "a program"),
    (b"<? system($_GET['word']);", "a program"),
    (b"<%@ page import='java.io.*' %>", "a program"),
    (b"<html><body>", "a web page"),
    (b"<!DOCTYPE html>", "a web page"),
    (b"<SCRIPT src=x>", "a web page"),
    (b"<svg onload=alert(1)>", "a web page"),
    (b"<iframe src=//example.org></iframe>", "a web page"),
    (b"<body onload=alert(1)>", "a web page"),
    (b"<b class=x onclick = 'alert(1)'>", "a web page"),
    (b"<a href=javascript:alert(1)>", "a web page"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gap", [b"", FAR], ids=["at once", "far"])
@pytest.mark.parametrize(("other", "what"), OTHERS)
def test_what_stands_behind_an_image_is_named(kind: str, gap: bytes, other: bytes, what: str) -> None:
    assert f"an image and {what} at once" in str(outcome(PLAIN[kind] + gap + other))


@pytest.mark.parametrize("other", [b"\x1f\x8b\x08\0\0\0\0\0", b"\x28\xb5\x2f\xfd\x04\0", b"PK\3\4\xff"])
@pytest.mark.parametrize("kind", KINDS)
def test_short_signs_count_where_the_image_ends(kind: str, other: bytes) -> None:
    assert "an image and an archive at once" in str(outcome(PLAIN[kind] + other))
    assert isinstance(outcome(PLAIN[kind] + FAR + other), Finished)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def in_png(words: bytes) -> bytes:
    return PLAIN["PNG"][:33] + chunk(b"tEXt", b"Comment\0" + words) + PLAIN["PNG"][33:]


def in_private_chunk(words: bytes) -> bytes:
    return PLAIN["PNG"][:-12] + chunk(b"prVt", words) + PLAIN["PNG"][-12:]


def in_webp(words: bytes) -> bytes:
    data = PLAIN["WEBP"] + b"ABCD" + struct.pack("<I", len(words)) + words + b"\0" * (len(words) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def described(kind: str) -> Callable[[bytes], bytes]:
    exif = Image.Exif()

    def make(words: bytes) -> bytes:
        exif[0x010E] = words.decode()
        return saved(picture(), kind, exif=exif)

    return make


def in_free_box(words: bytes) -> bytes:
    return PLAIN["AVIF"] + struct.pack(">I4s", len(words) + 8, b"free") + words


NOTES: dict[str, Callable[[bytes], bytes]] = {
    "a comment in a JPEG": lambda words: saved(picture(), "JPEG", comment=words),
    "a description in a JPEG": described("JPEG"),
    "XMP in a JPEG": lambda words: saved(picture(), "JPEG", xmp=b"<x:xmpmeta>" + words),
    "a comment in a GIF": lambda words: saved(picture(), "GIF", comment=words),
    "a comment in an animation": lambda words: animation("GIF", comment=words),
    "text in a PNG": in_png,
    "a private piece of a PNG": in_private_chunk,
    "a description in a WebP": described("WEBP"),
    "a private piece of a WebP": in_webp,
    "a description in an AVIF": described("AVIF"),
    "XMP in an AVIF": lambda words: saved(picture(), "AVIF", xmp=b"<x:xmpmeta>" + words),
    "an empty box of an AVIF": in_free_box,
}
IN_WORDS = [row for row in OTHERS if row[0].startswith((b"<svg", b"<iframe", b"<body", b"<b ", b"<a ", b"<?=", b"<%"))]


@pytest.mark.parametrize("where", NOTES)
@pytest.mark.parametrize(("words", "what"), IN_WORDS)
def test_what_stands_in_notes_is_named(where: str, words: bytes, what: str) -> None:
    assert f"The notes inside this image (comment, description and the like) hold {what}." in str(
        outcome(NOTES[where](words))
    )


@pytest.mark.parametrize("where", NOTES)
def test_what_people_write_in_notes_is_no_reason(where: str) -> None:
    for words in (b"Ada <ada@example.org> & I, 3 < 4", b"<3 <-- here --> on=1", b"a<b and on = off, PK, MZ, <?xml?>"):
        assert isinstance(outcome(NOTES[where](words)), Finished), words


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (JPEG[:20] + b"%PDF-" + JPEG[20:], "a PDF file"),
        (saved(picture(), "JPEG", comment=b"%PDF-1.4"), "a PDF file"),
        (b"GIF89a/*" + PLAIN["GIF"][8:], "a program"),
        (saved(picture(), "JPEG", comment=b"Rar!\x1a\x07\x01\x00"), "an archive"),
    ],
)
def test_programs_that_look_further_in_are_thought_of(data: bytes, what: str) -> None:
    assert f"an image and {what} at once" in str(outcome(data))
