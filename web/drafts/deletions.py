"""Deleting a post, which can be undone for thirty days."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.actions import purge_deleted
from web.drafts.answers import after_saving, back_to_editor, to_conflict
from web.drafts.forms import AutosaveForm, PostForm
from web.drafts.kept import keeping_words
from web.drafts.saving import Saved
from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import redirect_all
from web.models.post import Post
from web.models.post_revision import PostRevisionType
from web.models.publication import RESTORABLE_FOR
from web.publishing import actions


@keeping_words
def create(request: Request) -> Response:
    """Put a post out of sight. Words that came along with the button are kept where they are valid."""
    if not PostForm.was_sent(current.form(request)):
        return _delete(request, editor.post_to_edit(request))
    form, editing = _sent(request)
    saved = editor.store(request, editing, form, PostRevisionType.AUTOSAVE)
    if saved is None:
        return editor.show(request, form, editing.post, status=422)
    if saved.conflict is not None:
        return after_saving(request, form, editing.post, saved, "")
    return _delete(request, editing.post)


@keeping_words
def destroy(request: Request) -> Response:
    """Undo a deletion: the post is what it was before. Words that came along with the button are kept first."""
    if not PostForm.was_sent(current.form(request)):
        return _restore(request, editor.post_to_edit(request))
    form, editing = _sent(request)
    _check_restorable(request, editing.post)
    saved = editor.store(request, editing, form, PostRevisionType.AUTOSAVE)
    if saved is None:
        return editor.show(request, form, editing.post, status=422)
    return _restore(request, editing.post, saved)


def _sent(request: Request) -> tuple[PostForm, editor.Editing]:
    # Words that are not fit to be saved for good are kept all the same.
    form = AutosaveForm(current.form(request))
    return form, editor.lock(request, request.path_params["id"], form)


def _delete(request: Request, post: Post) -> Response:
    actions.delete(current.session(request), post, current.own_user(request), current.now(request))
    purge_deleted(current.session(request), current.now(request))
    days = RESTORABLE_FOR.days
    flashes.add(request, "notice", f"“{post.title}” was deleted. It can be restored for {days} days.")
    return redirect_all(request, "/write?state=deleted")


def _restore(request: Request, post: Post, saved: Saved | None = None) -> Response:
    _check_restorable(request, post)
    actions.restore(current.session(request), post, current.now(request))
    text = f"“{post.title or 'Untitled'}” is back."
    if saved is None or saved.conflict is None:
        return back_to_editor(request, post, text)
    flashes.add(request, "success", text)
    return to_conflict(request, post, saved.conflict)


def _check_restorable(request: Request, post: Post) -> None:
    if post.restorable_until is not None and post.restorable_until < current.now(request):
        raise NotFoundError
