"""Reads the whole body of a request before a unit of work begins.

So a slow upload holds no slot, and a body over the limit never reaches a view. What is sent to an address for
uploads may be larger and waits in a temporary file, not in memory.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from starlette.datastructures import Headers, UploadFile
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.responses import error_page

# Larger bodies for uploads go to the disk.
MEMORY_BYTES = 1_000_000
PIECE_BYTES = 65_536


class TooLargeError(Exception):
    """A body is over its limit."""


class RequestBodyMiddleware:
    """Answers 413 for a body of more than `limit` bytes, else hands the body on.

    `uploads` are addresses with a limit of their own. Their bodies are handed on in pieces, all others in one.
    """

    def __init__(self, app: ASGIApp, limit: int, uploads: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.uploads = uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        is_upload = scope["path"] in self.uploads
        limit = self.uploads.get(scope["path"], self.limit)
        chunks = _chunks(scope, receive, limit)
        async with _temporary_file() as file:
            try:
                replayed = await (_kept_in(file, chunks, receive) if is_upload else _kept(chunks, receive))
            except ClientDisconnect:
                # Half a body is not what anybody meant to say, and nobody is there to be told.
                return
            except TooLargeError:
                await error_page(scope, 413, limit=limit)(scope, receive, send)
                return
            await self.app(scope, replayed, send)


async def _chunks(scope: Scope, receive: Receive, limit: int) -> AsyncIterator[bytes]:
    announced = Headers(scope=scope).get("content-length", "0")
    if announced.isascii() and announced.isdigit() and int(announced) > limit:
        raise TooLargeError
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise TooLargeError
        yield chunk
        more = message.get("more_body", False)


@asynccontextmanager
async def _temporary_file() -> AsyncIterator[UploadFile]:
    # There is no real file until something large is written, which Starlette's wrapper does in a thread.
    with SpooledTemporaryFile(MEMORY_BYTES) as file:
        yield UploadFile(cast(BinaryIO, file))


async def _kept(chunks: AsyncIterator[bytes], receive: Receive) -> Receive:
    body = b"".join([chunk async for chunk in chunks])
    is_sent = False

    async def replayed() -> Message:
        nonlocal is_sent
        if is_sent:
            return await receive()
        is_sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


async def _kept_in(file: UploadFile, chunks: AsyncIterator[bytes], receive: Receive) -> Receive:
    async for chunk in chunks:
        await file.write(chunk)
    await file.seek(0)
    is_sent = False

    async def replayed() -> Message:
        nonlocal is_sent
        if is_sent:
            return await receive()
        piece = await file.read(PIECE_BYTES)
        is_sent = len(piece) < PIECE_BYTES
        return {"type": "http.request", "body": piece, "more_body": not is_sent}

    return replayed
