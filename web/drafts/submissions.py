"""Letting a post wait for review out of the editor, with what was typed; and taking that back."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.answers import after_saving, saved_or_asked_again
from web.drafts.forms import PostForm, has_body
from web.drafts.kept import keeping_words
from web.drafts.rendering import rendering_ahead
from web.drafts.saving import Saved
from web.http import current
from web.http.errors import ForbiddenError
from web.models.post import Post
from web.models.post_revision import PostRevisionType
from web.publishing import actions, rules

SUBMITTED = "Submitted. You get a message when it was decided about."
MERGED_FIRST = "Not submitted yet: it was changed by somebody else meanwhile. Please look at it and submit again."
NO_NEED = "Your words are saved. They were not submitted: "
WITHDRAWN = "Withdrawn. It is a draft again."


@rendering_ahead
@keeping_words
def create(request: Request) -> Response:
    """Save what was typed and submit it. Sent twice it waits once."""
    form, editing = _sent(request)
    saved = editor.store(request, editing, form, PostRevisionType.SAVE) if has_body(form) else None
    if saved is None:
        return editor.show(request, form, editing.post, status=422)
    return submit(request, form, editing.post, saved)


@rendering_ahead
@keeping_words
def destroy(request: Request) -> Response:
    """Save what was typed, and let the post wait no longer."""
    form, editing = _sent(request)
    saved = editor.store(request, editing, form, PostRevisionType.SAVE)
    is_waiting = editing.post.is_in_review
    if saved is not None and is_waiting:
        actions.withdraw(current.session(request), editing.post, current.own_user(request), current.now(request))
    text = WITHDRAWN if is_waiting else "It did not wait for review. Your words are saved."
    return saved_or_asked_again(request, form, editing.post, saved, text)


def submit(request: Request, form: PostForm, post: Post, saved: Saved) -> Response:
    """Let a post wait whose words have just been saved as they were typed."""
    if not saved.is_as_typed:
        return after_saving(request, form, post, saved, MERGED_FIRST)
    if problem := rules.needless_review(post):
        return after_saving(request, form, post, saved, NO_NEED + problem)
    actions.submit(current.session(request), post, current.now(request))
    return after_saving(request, form, post, saved, SUBMITTED)


def _sent(request: Request) -> tuple[PostForm, editor.Editing]:
    form = editor.form_of_button(request)
    editing = editor.lock(request, request.path_params["id"], form)
    if not rules.may_submit(current.user(request), editing.post):
        raise ForbiddenError
    return form, editing
