"""Keeps the words that a page was made from, so that what is made of them can be merged later.

An autosave is written again and again; an editor without a script cannot say that somebody builds on it. So it is
noted when the page is made, in a unit of its own: reading changes nothing that anybody sees.
"""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.revisions.actions import pin
from web.revisions.submission import Version

# Each further one means that somebody saved in the few milliseconds in which the page was made.
ATTEMPTS = 3


def note(request: Request, post: Post, head: PostRevision | None) -> None:
    """Note what a page is made from, if the next autosave would write over it."""
    is_fleeting = head is not None and head.is_autosave and not head.is_pinned
    request.state.shown_base = (post.id, Version(head.id, head.sequence)) if head and is_fleeting else None


def keeping_base(view: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """A view whose answer names a base that stays. Was it written over while the page was made, it is made again."""

    @wraps(view)
    async def kept(request: Request) -> Response:
        said, unit = flashes.waiting(request), current.unit(request)
        answer = await unit.run(_answer, view, request)
        for _ in range(ATTEMPTS):
            if await _is_kept(request):
                break
            flashes.say_again(request, said)
            answer = await unit.run(_answer, view, request)
        return answer

    return kept


def _answer(view: Callable[[Request], Response], request: Request) -> Response:
    answer = view(request)
    if _shown_base(request) is None:
        # Nothing is left to do with the database: ending here saves the way to another thread.
        current.unit(request).settle(status=answer.status_code)
    return answer


async def _is_kept(request: Request) -> bool:
    shown = _shown_base(request)
    return shown is None or await current.unit(request).write_apart(lambda session: pin(session, *shown))


def _shown_base(request: Request) -> tuple[int, Version] | None:
    found: tuple[int, Version] | None = getattr(request.state, "shown_base", None)
    return found
