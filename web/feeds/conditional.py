"""Answers that a robot asks for again and again: sent only when they say something new."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response

from web import __version__
from web.html.memory import Memory
from web.http.responses import share

MEMORY = Memory[bytes](limit=8_000_000)


def answer(
    request: Request, parts: Iterable[str], changed_at: datetime | None, media_type: str, write: Callable[[], str]
) -> Response:
    """What `write` gives. The page cache shares it, tags it, and says 304 where a client has it already.

    `parts` are everything that the answer is made from; equal parts are equal answers. `changed_at` is when the
    newest of them changed, None when nobody can know. It is told and not asked for: a post that was withdrawn, or
    another title of the blog, changes the answer and makes no date newer. Only the tag knows.
    """
    share(request)
    content = MEMORY.recall(entity_tag((media_type, request.url.path, *parts)), lambda: write().encode())
    headers = {"Content-Type": f"{media_type}; charset=utf-8"}
    if changed_at is not None:
        headers["Last-Modified"] = format_datetime(changed_at.astimezone(UTC), usegmt=True)
    return Response(content, headers=headers)


def entity_tag(parts: Iterable[str]) -> str:
    """The name of what is made from these parts. It is weak, because compression may still change the bytes."""
    # A new version of Colophon may say the same in other words.
    digest = blake2b(__version__.encode(), digest_size=16)
    for part in parts:
        digest.update(b"\0" + part.encode(errors="surrogatepass"))
    return f'W/"{digest.hexdigest()}"'
