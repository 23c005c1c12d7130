"""What was rescued: words that were sent in vain, conflicts that wait, and what this browser still holds."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.forms import PostForm
from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import page, redirect_all
from web.models.post import Post
from web.models.rescued_text import RescuedText
from web.posts import rules
from web.posts.queries import find_by_uid, find_for_editing
from web.rescue import actions, queries
from web.revisions.submission import Version
from web.revisions.words import Words, split_tags

PUT_BACK = "These are the words that were sent last. Save them when you have looked at them."


def index(request: Request) -> Response:
    """All that was rescued for whoever asks."""
    user, session = current.require_user(request), current.session(request)
    texts, conflicts = queries.find_texts(session, user.id), queries.find_conflicts(session, user.id)
    return page(request, "rescue/index.html", texts=texts, conflicts=conflicts)


def show(request: Request) -> Response:
    """The editor with the rescued words in it; for whoever may not save them, a page to copy them from."""
    user, session = current.require_user(request), current.session(request)
    text = _find(request)
    post = find_for_editing(session, text.post_id) if text.post_id is not None else find_by_uid(session, text.uid)
    if not user.may_write or (post is not None and not rules.may_edit(user, post)):
        return page(request, "rescue/show.html", text=text)
    return editor.show(request, _form_of(text, post), post, note=PUT_BACK)


def destroy(request: Request) -> Response:
    """Give the words up."""
    text = _find(request)
    actions.forget(current.session(request), current.require_user(request), text.id, current.now(request))
    flashes.add(request, "success", "The rescued words were thrown away.")
    return redirect_all(request, "/write/recovered")


def _find(request: Request) -> RescuedText:
    user = current.require_user(request)
    found = queries.find_text(current.session(request), user.id, request.path_params["id"])
    if found is None:
        raise NotFoundError
    return found


def _form_of(text: RescuedText, post: Post | None) -> PostForm:
    words = Words(text.title, text.body, split_tags(text.tags), text.slug, text.summary)
    form = PostForm.opened(post.uid if post else text.uid, words, Version.parse(text.base) or "")
    form.continues.data = f"{text.editing_session} {text.sequence}"
    form.rescued.data = str(text.id)
    return form
