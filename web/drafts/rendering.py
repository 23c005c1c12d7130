"""Renders long texts before anything is stored, so that nobody waits for it who wants to write."""

from collections.abc import Awaitable, Callable
from functools import wraps

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from web.drafts.actions import Render
from web.drafts.forms import PostForm
from web.html.markdown import Rendered, render_post
from web.http import current
from web.http.endpoints import run_view
from web.models.post import BODY_LIMIT

# Shorter texts are rendered in some milliseconds, sooner than a slot is given back and taken again.
LONG_FROM = 30_000


def rendering_ahead(view: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """A view that finds a long text rendered already: meanwhile the request held neither slot nor transaction."""

    @wraps(view)
    async def prepared(request: Request) -> Response:
        body = PostForm(current.form(request)).body.data or ""
        user = current.user(request)
        if user is not None and user.may_write and LONG_FROM < len(body) <= BODY_LIMIT:
            async with current.unit(request).stepped_outside():
                request.state.rendered_ahead = body, await run_sync(render_post, body)
        return await run_view(view, request)

    return prepared


def renderer(request: Request) -> Render:
    """Renders a text, or takes what was rendered ahead of the same one."""
    found: tuple[str, Rendered] | None = getattr(request.state, "rendered_ahead", None)
    return lambda body: found[1] if found is not None and found[0] == body else render_post(body)
