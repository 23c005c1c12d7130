"""The files of images: outside of every unit of work, kept by browsers for a year, sent in pieces."""

import logging

from anyio import CancelScope
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from web.html.pictures import PREFIX, Picture
from web.http.responses import error_page
from web.media.equipment import storage
from web.media.kinds import MEDIA_TYPES
from web.media.storage import OpenedFile, StorageError

logger = logging.getLogger("colophon.media")

FOR_EVER = "public, max-age=31536000, immutable"
RETRY_AFTER_SECONDS = 5
PIECE_BYTES = 65_536


async def show(request: Request) -> Response:
    """A file by its name. Whatever it was once uploaded as, it is now one of four kinds of image, and says so."""
    name = request.url.path.removeprefix(PREFIX)
    if Picture.owning(name) is None:
        return error_page(request.scope, 404)
    try:
        return await _found(request, name)
    except StorageError as error:
        logger.error("%s cannot be read: %s", name, error)
        return error_page(request.scope, 503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


async def _found(request: Request, name: str) -> Response:
    headers = {"ETag": f'"{name}"', "Cache-Control": FOR_EVER}
    is_known = f'"{name}"' in request.headers.get("if-none-match", "")
    if is_known or request.method == "HEAD":
        size = await run_sync(storage(request).size_of, name)
        if size is None:
            return error_page(request.scope, 404)
        return Response(status_code=304, headers=headers) if is_known else FileResponse(name, size, None, headers)
    opened = await run_sync(storage(request).open, name)
    return error_page(request.scope, 404) if opened is None else FileResponse(name, opened.byte_size, opened, headers)


class FileResponse(Response):
    """An open file, or for None only what is to be said about it. It is closed whatever happens to the reader."""

    def __init__(self, name: str, byte_size: int, opened: OpenedFile | None, headers: dict[str, str]) -> None:
        super().__init__(media_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)
        self.headers["Content-Length"] = str(byte_size)
        self.headers["Content-Disposition"] = f'inline; filename="{name}"'
        # Should a browser ever take it for a document, that one could do nothing.
        self.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        self.opened = opened

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.opened is None:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body"})
            return
        try:
            await self._send_pieces(self.opened, send)
        finally:
            with CancelScope(shield=True):
                await run_sync(self.opened.stream.close)

    async def _send_pieces(self, opened: OpenedFile, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        while piece := await run_sync(opened.stream.read, PIECE_BYTES):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body"})
