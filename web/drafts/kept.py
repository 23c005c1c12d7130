"""Gives back what somebody typed who may not, or no longer, store it: no word is lost over a right."""

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from web.drafts.forms import PostForm
from web.http import current
from web.http.errors import ForbiddenError, NotFoundError
from web.http.responses import fragment, page

SIGNED_OUT = "You have been signed out"
NO_RIGHT = "You may not change this post, or no longer"
View = Callable[[Request], Response]


def keeping_words(view: View) -> View:
    """A view whose refusals come with the words that were sent to it: 401, 403 and 404 as the case may be."""

    @wraps(view)
    def kept(request: Request) -> Response:
        if current.user(request) is None:
            return words_again(request, 401, SIGNED_OUT)
        try:
            return view(request)
        except (ForbiddenError, NotFoundError) as error:
            if not PostForm.was_sent(current.form(request)):
                raise
            return words_again(request, error.status_code, NO_RIGHT)

    return kept


def words_again(request: Request, status: int, reason: str) -> Response:
    """All that was typed, as a page; for htmx only the reason, because the words still stand in the open editor."""
    is_signed_out = status == 401
    if current.is_htmx(request):
        headers = {"HX-Retarget": "#editor-note", "HX-Reswap": "outerHTML"}
        return fragment(
            request, "drafts/_kept.html", status=status, headers=headers, reason=reason, is_signed_out=is_signed_out
        )
    form = PostForm(current.form(request))
    return page(request, "drafts/kept.html", status=status, form=form, reason=reason, is_signed_out=is_signed_out)
