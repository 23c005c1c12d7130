"""Two people changed the same words: somebody decides, place by place. What was typed is stored already."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.answers import after_saving
from web.drafts.decisions import Decisions
from web.drafts.forms import PostForm
from web.drafts.revisions import find
from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import page, redirect
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.revisions.lineage import merge
from web.revisions.queries import find_with_head
from web.revisions.words import words_of


def show(request: Request) -> Response:
    """Both texts with the places where they clash. What is settled leads back to the editor."""
    post, conflict, head = _find(request)
    if conflict.settled_at is not None:
        return redirect(f"/write/{post.id}")
    return _show(request, post, conflict, head, Decisions({}, {}))


def update(request: Request) -> Response:
    """Store what was decided. Was the post changed meanwhile, that is brought together with the decision in turn."""
    post, conflict, head = _find(request)
    decisions = Decisions.read(current.form(request))
    merged = merge(conflict.rel_base, words_of(conflict), head)
    has_moved = current.form(request).get("base") != head.version
    if has_moved or decisions.missing(merged):
        return _show(request, post, conflict, head, decisions, has_moved=has_moved, status=422)
    form = PostForm.opened(post.uid, merged.words(decisions.texts(merged)), head.version)
    editing = editor.lock(request, post.id, form)
    saved = editor.store(request, editing, form, PostRevisionType.SAVE)
    if saved is None:
        return editor.show(request, form, editing.post, status=422)
    conflict.settle(current.now(request))
    return after_saving(request, form, editing.post, saved, "Your decision is saved.")


def _find(request: Request) -> tuple[Post, PostRevision, PostRevision]:
    post = editor.opened(request).post
    conflict = find(request, post, request.path_params["revision"])
    found = find_with_head(current.session(request), post.id)
    head = found[1] if found else None
    if not conflict.is_conflict or head is None:
        raise NotFoundError
    return post, conflict, head


def _show(
    request: Request,
    post: Post,
    conflict: PostRevision,
    head: PostRevision,
    decisions: Decisions,
    *,
    has_moved: bool = False,
    status: int = 200,
) -> Response:
    merged = merge(conflict.rel_base, words_of(conflict), head)
    context: Mapping[str, Any] = {
        "post": post,
        "conflict": conflict,
        "head": head,
        "merged": merged,
        "decisions": decisions,
        "has_moved": has_moved,
        "missing": decisions.missing(merged) if status >= 400 else frozenset(),
    }
    return page(request, "conflicts/show.html", status=status, **context)
