"""Answers that a robot asks for again and again: sent only when they say something new."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from web import __version__
from web.feeds.memory import Memory

MEMORY = Memory(limit=8_000_000)


def answer(
    request: Request, parts: Iterable[str], changed_at: datetime | None, media_type: str, write: Callable[[], str]
) -> Response:
    """What `write` gives, or 304 when the client has it already.

    `parts` are everything that the answer is made from; equal parts are equal answers. `changed_at` is when
    they changed last, None when nobody can know.
    """
    tag = entity_tag((media_type, request.url.path, *parts))
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if changed_at is not None:
        headers["Last-Modified"] = format_datetime(changed_at.astimezone(UTC), usegmt=True)
    if is_known(request.headers, tag, changed_at):
        return Response(status_code=304, headers=headers)
    return Response(MEMORY.recall(tag, write), headers={**headers, "Content-Type": f"{media_type}; charset=utf-8"})


def entity_tag(parts: Iterable[str]) -> str:
    """The name of what is made from these parts. It is weak, because compression may still change the bytes."""
    # A new version of Colophon may say the same in other words.
    digest = blake2b(__version__.encode(), digest_size=16)
    for part in parts:
        digest.update(b"\0" + part.encode(errors="surrogatepass"))
    return f'W/"{digest.hexdigest()}"'


def is_known(headers: Headers, tag: str, changed_at: datetime | None) -> bool:
    """Whether the client's conditional headers say that it has this content. Malformed ones say nothing."""
    if (known_tags := headers.get("if-none-match")) is not None:
        known = {known.strip().removeprefix("W/") for known in known_tags.split(",")}
        return "*" in known or tag.removeprefix("W/") in known
    known_since = _moment(headers.get("if-modified-since", ""))
    if known_since is None or changed_at is None:
        return False
    return changed_at.replace(microsecond=0) <= known_since


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
