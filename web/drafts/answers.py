"""What the editor answers when words were sent to it."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.forms import PostForm
from web.drafts.saving import Outcome, Saved
from web.http import current, flashes
from web.http.responses import redirect, redirect_all
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.revisions.words import words_of

TAKEN_BACK = (
    "Not published again: it was withdrawn or deleted after you had published it. Please look at it, then decide."
)
NEWER = "Newer words of yours are saved already, so nothing was changed. Please look at them."


def saved_or_asked_again(request: Request, form: PostForm, post: Post, saved: Saved | None, text: str) -> Response:
    """What `after_saving` answers; the form with what is wrong with it where nothing was saved."""
    if saved is None:
        return editor.show(request, form, post, status=422)
    return after_saving(request, form, post, saved, text)


def after_saving(request: Request, form: PostForm, post: Post, saved: Saved, text: str) -> Response:
    """Back to the editor, which says what was done; to the page of a conflict where somebody has to decide."""
    if saved.conflict is not None:
        return to_conflict(request, post, saved.conflict)
    if saved.outcome == Outcome.OUTDATED:
        text = NEWER
    if saved.outcome == Outcome.TAKEN_BACK:
        text = TAKEN_BACK
    merged = saved.theirs if saved.outcome == Outcome.MERGED else None
    if current.is_htmx(request):
        return editor.show(request, _followed(form, post, saved), post, note=text, merged=merged)
    flashes.add(request, "success", text)
    return redirect(f"/write/{post.id}" + (f"?merged={merged.id}" if merged else ""))


def to_conflict(request: Request, post: Post, conflict: PostRevision) -> Response:
    """The page where somebody decides what becomes of words that could not be merged."""
    return redirect_all(request, f"/write/{post.id}/conflicts/{conflict.id}")


def back_to_editor(request: Request, post: Post, text: str) -> Response:
    """The whole editor anew, after something other than its words was changed."""
    flashes.add(request, "success", text)
    return redirect_all(request, f"/write/{post.id}")


def _followed(form: PostForm, post: Post, saved: Saved) -> PostForm:
    # The same editing session goes on, with the words as they are stored now.
    following = PostForm.opened(post.uid, words_of(saved.head), saved.head.version)
    following.editing_session.data = form.submission.editing_session
    following.sequence.data = str(form.submission.sequence + 1)
    return following
