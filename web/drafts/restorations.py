"""Bringing back what a post said before. That is a revision too, so it can be taken back like any other."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.answers import saved_or_asked_again
from web.drafts.forms import PostForm
from web.drafts.revisions import find
from web.http import current
from web.models.post_revision import PostRevisionType
from web.revisions.words import words_of


def create(request: Request) -> Response:
    """Make the words of an old revision those of the post, or of its pending changes when it is published."""
    post = editor.opened(request).post
    revision = find(request, post, request.path_params["revision"])
    form = PostForm.opened(post.uid, words_of(revision), current.form(request).get("base"))
    editing = editor.lock(request, post.id, form)
    saved = editor.store(request, editing, form, PostRevisionType.RESTORE)
    return saved_or_asked_again(request, form, editing.post, saved, "The old words are back.")
