"""Files that are an image and something else at once, made so that somebody takes them for the other thing.

What is stored is made anew from the pixels, so nothing else would be left of such a file. It is refused all the same:
whoever uploads one by mistake should know what they have.
"""

import re
import zipfile
from typing import BinaryIO

from web.media.chunks import read_chunks

# Longer than anything that is looked for, so that nothing hides where two chunks meet.
OVERLAP_BYTES = 32
WEB_PAGE = re.compile(rb"<script[\s>/]|<!doctype html|<html[\s>]", re.IGNORECASE)
PROGRAM = re.compile(rb"<\?php\s", re.IGNORECASE)
# Readers of PDF files look for their mark in the first kilobyte.
PDF, PDF_WITHIN = b"%PDF-", 1024
# The width of such a GIF is a comment that hides the image from a browser which runs it as a script.
SCRIPT_GIF = re.compile(rb"GIF8[79]a/\*")


def second_kind(file: BinaryIO) -> str | None:
    """What the file is besides an image, in words; None for a plain image."""
    file.seek(0)
    head = file.read(PDF_WITHIN)
    if PDF in head:
        return "a PDF file"
    if SCRIPT_GIF.match(head):
        return "a program"
    before = b""
    for chunk in read_chunks(file):
        looked_at = before + chunk
        if WEB_PAGE.search(looked_at):
            return "a web page"
        if PROGRAM.search(looked_at):
            return "a program"
        before = looked_at[-OVERLAP_BYTES:]
    return "an archive" if _is_archive(file) else None


def _is_archive(file: BinaryIO) -> bool:
    # The four bytes at the end of an archive may stand in any image; a list of files that can be read does not.
    try:
        with zipfile.ZipFile(file) as archive:
            return bool(archive.namelist())
    except Exception:  # Whatever stands there, it is no archive.
        return False
