"""Deleting a post, which can be undone for thirty days."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import actions, editor
from web.drafts.answers import after_saving, back_to_editor
from web.drafts.forms import AutosaveForm, PostForm
from web.drafts.kept import keeping_words
from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import redirect_all
from web.listing.actions import keep_listed
from web.models.post import Post
from web.models.post_revision import PostRevisionType
from web.models.publication import RESTORABLE_FOR


@keeping_words
def create(request: Request) -> Response:
    """Put a post out of sight. Words that came along with the button are kept where they are valid."""
    sent = current.form(request)
    if not PostForm.was_sent(sent):
        return _delete(request, editor.post_to_edit(request))
    # Words that are not fit to be saved for good are kept all the same.
    form = AutosaveForm(sent)
    editing = editor.lock(request, request.path_params["id"], form)
    saved = editor.store(request, editing, form, PostRevisionType.AUTOSAVE)
    if saved is None:
        return editor.show(request, form, editing.post, status=422)
    if saved.conflict is not None:
        return after_saving(request, form, editing.post, saved, "")
    return _delete(request, editing.post)


def destroy(request: Request) -> Response:
    """Undo a deletion: the post is what it was before."""
    post = editor.post_to_edit(request)
    if post.restorable_until is not None and post.restorable_until < current.now(request):
        raise NotFoundError
    post.restore()
    keep_listed(current.session(request), post)
    return back_to_editor(request, post, f"“{post.title}” is back.")


def _delete(request: Request, post: Post) -> Response:
    post.delete(current.now(request))
    keep_listed(current.session(request), post)
    actions.purge_deleted(current.session(request), current.now(request))
    days = RESTORABLE_FOR.days
    flashes.add(request, "notice", f"“{post.title}” was deleted. It can be restored for {days} days.")
    return redirect_all(request, "/write?state=deleted")
