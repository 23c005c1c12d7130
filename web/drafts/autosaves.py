"""Saving while somebody types: nothing on the page changes but a quiet line that says when it was saved."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.creation import create_once
from web.drafts.forms import AutosaveForm, PostForm
from web.drafts.kept import keeping_words
from web.drafts.saving import Outcome, Saved
from web.drafts.slugs import SlugTakenError
from web.http import current
from web.http.responses import bare_fragment
from web.models.post import Post
from web.models.post_revision import PostRevisionType


@keeping_words
def create(request: Request) -> Response:
    """Make a post of the first words that were typed into an empty editor."""
    editor.writer(request)
    form = AutosaveForm(current.form(request))
    if not form.validate():
        return _refused(request, form, None)
    try:
        created = create_once(request, form, PostRevisionType.AUTOSAVE)
    except SlugTakenError as error:
        editor.say_taken(form, error)
        created = None
    if created is None:
        return _refused(request, form, None)
    post, saved = created
    return _answer(request, form, post, saved, is_new=True)


@keeping_words
def update(request: Request) -> Response:
    """Store what was typed so far. Readers of a published post see nothing of it."""
    form = AutosaveForm(current.form(request))
    editing = editor.lock(request, request.path_params["id"], form)
    saved = editor.store(request, editing, form, PostRevisionType.AUTOSAVE)
    return _answer(request, form, editing.post, saved) if saved else _refused(request, form, editing.post)


def _answer(request: Request, form: PostForm, post: Post, saved: Saved, *, is_new: bool = False) -> Response:
    # A new post has its address from now on, and its buttons lead there.
    headers = {"HX-Replace-Url": f"/write/{post.id}"} if is_new else {}
    is_merged = saved.outcome == Outcome.MERGED
    # The open form names what was rescued until it is told that this is stored.
    is_over = form.rescued_id is not None and saved.outcome != Outcome.OUTDATED
    if is_over:
        form.rescued.data = ""
    shown = {"is_new": is_new, "is_merged": is_merged, "is_rescue_over": is_over}
    return _line(request, form, post, headers=headers, saved=saved, **shown)


def _refused(request: Request, form: PostForm, post: Post | None) -> Response:
    return _line(request, form, post, status=422)


def _line(
    request: Request,
    form: PostForm,
    post: Post | None,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Response:
    defaults = {
        "saved": None,
        "is_new": False,
        "is_merged": False,
        "is_rescue_over": False,
        "may_publish": editor.may_publish(request, post),
        "may_submit": editor.may_submit(request, post),
        "errors": [f"{field.label.text}: {error}" for field in form for error in field.errors],
    }
    context = {**defaults, **context}
    return bare_fragment(request, "drafts/_saved.html", status=status, headers=headers, post=post, form=form, **context)
