"""Sends a finished answer to somebody, in the form that they want."""

from typing import NamedTuple

from anyio.to_thread import run_sync
from starlette.types import ASGIApp, Receive, Scope, Send

from web.http.cached_page import NO_BODY, Answer, CachedPage, Fillers
from web.http.sharing import STRANGER, Reader


class Wishes(NamedTuple):
    """What a client accepts, which tags it has already, and whether it wants more than the headers."""

    accepted: bytes
    known: bytes
    wants_body: bool

    @classmethod
    def of(cls, scope: Scope) -> "Wishes":
        """Those of a request."""
        headers = dict(scope["headers"])
        known = headers.get(b"if-none-match", b"")
        return cls(headers.get(b"accept-encoding", b""), known, scope["method"] != "HEAD")


async def deliver(
    page: CachedPage, wishes: Wishes, send: Send, reader: Reader = STRANGER, fillers: Fillers | None = None
) -> int:
    """Send it, or 304. Returns by how many bytes the page grew, because it was compressed for the first time."""
    grown = 0
    while (answer := ready_answer(page, wishes, reader, fillers or {})) is None:
        async with page.one_at_a_time:
            if not page.is_ready(encoding := page.encoding(wishes.accepted)):
                grown = await run_sync(page.prepare, encoding)
    start, body = answer
    await send(start)
    await send(body)
    return grown


def ready_answer(page: CachedPage, wishes: Wishes, reader: Reader, fillers: Fillers) -> Answer | None:
    """The two messages to be sent; None where something has to be compressed first."""
    encoding = page.encoding(wishes.accepted)
    not_modified = page.not_modified(wishes.known, encoding) if wishes.known else None
    if not_modified is not None:
        return not_modified, NO_BODY
    if not page.is_ready(encoding):
        return None
    answer = page.answer(encoding, reader, fillers)
    return answer if wishes.wants_body else (answer[0], NO_BODY)


def delivered(page: CachedPage) -> ASGIApp:
    """An application that answers everything with this."""

    async def answer(scope: Scope, _receive: Receive, send: Send) -> None:
        await deliver(page, Wishes.of(scope), send)

    return answer
