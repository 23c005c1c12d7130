"""Publishing a post, and taking it back."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.answers import after_saving, saved_or_asked_again
from web.drafts.forms import PostForm, has_body
from web.drafts.kept import keeping_words
from web.drafts.rendering import rendering_ahead
from web.http import current
from web.http.errors import ForbiddenError
from web.models.post_revision import PostRevisionType
from web.posts import rules
from web.publishing import actions

MERGED_FIRST = "Not published yet: it was changed by somebody else meanwhile. Please look at it and publish again."
NOT_ANY_MORE = "You may not publish this any more, so nothing was published. Your words are saved as a draft."


@rendering_ahead
@keeping_words
def create(request: Request) -> Response:
    """Show a post to everybody, with the words that came along with the button."""
    form = editor.form_of_button(request)
    editing = editor.lock(request, request.path_params["id"], form)
    if not rules.may_publish(current.require_user(request), editing.post):
        return _keep_as_draft(request, editing, form)
    saved = editor.store(request, editing, form, PostRevisionType.PUBLICATION) if has_body(form) else None
    if saved is None:
        return editor.show(request, form, editing.post, status=422)
    if not saved.is_as_typed:
        return after_saving(request, form, editing.post, saved, MERGED_FIRST)
    had_readers = editing.post.is_shown_at(current.now(request)) and editing.post.deleted_at is None
    text = "Changes published." if had_readers else "Published."
    actions.publish(current.session(request), editing.post, current.own_user(request), current.now(request))
    return after_saving(request, form, editing.post, saved, text)


@rendering_ahead
@keeping_words
def destroy(request: Request) -> Response:
    """Make a post a draft again, with the words that came along with the button."""
    form = editor.form_of_button(request)
    editing = editor.lock(request, request.path_params["id"], form)
    if not rules.may_publish(current.require_user(request), editing.post):
        raise ForbiddenError
    actions.withdraw(current.session(request), editing.post, current.own_user(request), current.now(request))
    saved = editor.store(request, editing, form, PostRevisionType.SAVE)
    text = "Withdrawn. It is still deleted." if editing.post.deleted_at else "Withdrawn. It is a draft again."
    return saved_or_asked_again(request, form, editing.post, saved, text)


def _keep_as_draft(request: Request, editing: editor.Editing, form: PostForm) -> Response:
    if not PostForm.was_sent(current.form(request)):
        raise ForbiddenError
    saved = editor.store(request, editing, form, PostRevisionType.SAVE)
    return saved_or_asked_again(request, form, editing.post, saved, NOT_ANY_MORE)
