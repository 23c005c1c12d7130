"""Deleting a post, which can be undone for thirty days."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import actions, editor
from web.drafts.drafts import saved
from web.drafts.forms import PostForm
from web.drafts.kept import keeping_words
from web.http import current, flashes
from web.http.responses import redirect_all
from web.models.publication import RESTORABLE_FOR


@keeping_words
def create(request: Request) -> Response:
    """Put a post out of sight. Words that came along with the button are kept where they are valid."""
    post = editor.post_to_edit(request)
    sent = current.form(request)
    if PostForm.was_sent(sent):
        editor.save_sent_words(request, post, PostForm(sent))
    post.delete(current.now(request))
    actions.purge_deleted(current.session(request), current.now(request))
    days = RESTORABLE_FOR.days
    flashes.add(request, "notice", f"“{post.title}” was deleted. It can be restored for {days} days.")
    return redirect_all(request, "/write?state=deleted")


def destroy(request: Request) -> Response:
    """Undo a deletion: the post is what it was before."""
    post = editor.post_to_edit(request)
    post.restore()
    if current.is_htmx(request):
        flashes.add(request, "success", f"“{post.title}” is back.")
        return redirect_all(request, f"/write/{post.id}")
    return saved(request, post, f"“{post.title}” is back.")
