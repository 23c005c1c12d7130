"""Keeps what somebody typed who may not, or no longer, store it: no word is lost over a session or a right."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.accounts.forms import SignInForm
from web.drafts.forms import AutosaveForm, PostForm
from web.http import current
from web.http.errors import ForbiddenError, NotFoundError
from web.http.responses import fragment, page
from web.models.rescued_text import RescuedText
from web.rescue import actions
from web.rescue.actions import Wreck

SIGNED_OUT = "You have been signed out"
NO_RIGHT = "You may not change this post, or no longer"
OTHER_WRITER = "These words were typed by somebody else who was signed in here before"
# What stands in fields that are seen.
TYPED = frozenset(("title", "body", "tags", "slug", "summary"))
View = Callable[[Request], Response]


def keeping_words(view: View) -> View:
    """A view whose refusals keep the words that were sent to it: 401, 403 and 404 as the case may be."""

    @wraps(view)
    def kept(request: Request) -> Response:
        if not PostForm.was_sent(current.form(request)):
            return view(request)
        user = current.user(request)
        if user is None:
            return words_again(request, 401, SIGNED_OUT)
        if current.form(request).get("writer") not in ("", str(user.id)):
            return words_again(request, 403, OTHER_WRITER)
        try:
            return view(request)
        except (ForbiddenError, NotFoundError) as error:
            return words_again(request, error.status_code, NO_RIGHT)

    return kept


def words_again(request: Request, status: int, reason: str) -> Response:
    """Say where the words are now: with the blog, under their writer's name, or only where they were typed.

    Without htmx that is a page with all of them; with it a note above the editor, in which they still stand.
    """
    form = PostForm(current.form(request))
    rescued = _rescue(request, reason) if reason != OTHER_WRITER else None
    if rescued is not None:
        # What is stored for good later on needs not be kept here any longer.
        form.rescued.data = str(rescued.id)
    context: dict[str, Any] = {
        "form": form,
        "reason": reason,
        "rescued": rescued,
        "sign_in_form": SignInForm() if status == 401 else None,
        "wanted": actions.link_to(rescued.id) if rescued else "/write",
        "carried": _carried(request, rescued),
    }
    if current.is_htmx(request):
        headers = {"HX-Retarget": "#editor-door", "HX-Reswap": "innerHTML"}
        return fragment(request, "drafts/_kept.html", status=status, headers=headers, **context)
    return page(request, "drafts/kept.html", status=status, **context)


def _carried(request: Request, rescued: RescuedText | None) -> list[tuple[str, str]]:
    # Which button it was and whose words they are belongs to what is sent again: "Save draft" must not publish.
    sent, written = current.form(request), TYPED | ({"rescued"} if rescued else frozenset())
    carried = [(name, value) for name in sent if name not in written for value in sent.getlist(name)]
    return [*carried, ("rescued", str(rescued.id))] if rescued else carried


def _rescue(request: Request, reason: str) -> RescuedText | None:
    user = current.user(request) or current.former_user(request)
    form = AutosaveForm(current.form(request))
    if user is None or not user.is_active or form.writer.data not in (None, "", str(user.id)):
        return None
    if not PostForm.was_sent(current.form(request)) or not form.validate():
        return None
    wreck = Wreck(form.submission, request.path_params.get("id"), form.known_uid, reason, form.rescued_id)
    rescued = actions.keep(current.session(request), user, wreck, current.now(request))
    if rescued is not None:
        # The answer is an error, and the words are stored all the same.
        current.unit(request).commit_anyway()
    return rescued
