"""Two people changed the same words: somebody decides, place by place. What was typed is stored already."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor, shown_bases
from web.drafts.answers import after_saving
from web.drafts.decisions import CHOICE, CHOICES, TEXT, Decisions
from web.drafts.forms import PostForm
from web.drafts.revisions import find
from web.drafts.shown_bases import keeping_base
from web.drafts.sides import Sides
from web.http import current
from web.http.errors import NotFoundError
from web.http.kept_fields import KeptField, keeping_fields
from web.http.responses import page, redirect
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.revisions.lineage import merge
from web.revisions.queries import find_revision, lock_post
from web.revisions.submission import Version
from web.revisions.words import words_of


def _describe(name: str, value: str) -> KeptField:
    if name.startswith(CHOICE):
        return KeptField(name, value, "What shall stand there", "choice", list(CHOICES.items()))
    return KeptField(name, value, "Other words", "text") if name.startswith(TEXT) else KeptField(name, value)


@keeping_base
def show(request: Request) -> Response:
    """Both texts with the places where they clash. What is settled leads back to the editor."""
    post, conflict, head = _find(request)
    if conflict.settled_at is not None:
        return redirect(f"/write/{post.id}")
    shown_bases.note(request, post, head)
    return _show(request, post, conflict, head, Decisions({}, {}))


@keeping_fields(_describe)
def update(request: Request) -> Response:
    """Store what was decided. Was the post changed meanwhile, that is brought together with the decision in turn.

    So a conflict can be settled while others go on typing. Sent twice, a decision is stored once.
    """
    # Whoever goes on typing in the editor that the conflict came from writes it again.
    lock_post(current.session(request), request.path_params["id"])
    post, conflict, head = _find(request)
    decisions = Decisions.read(current.form(request))
    seen = _seen(request, post) if current.form(request).get("mine") == conflict.version else None
    theirs = seen or head
    merged = merge(conflict.rel_base, words_of(conflict), theirs)
    if seen is None or decisions.missing(merged):
        return _show(request, post, conflict, theirs, decisions, has_moved=seen is None, status=422)
    words = merged.words(decisions.texts(merged))
    form = PostForm.opened(post.uid, words, seen.version)
    # The same decision is the same save, however often it is sent; another one is somebody else's.
    form.editing_session.data = str(uuid5(NAMESPACE_URL, f"{conflict.version} {seen.version} {words}"))
    editing = editor.lock(request, post.id, form)
    saved = editor.store(request, editing, form, PostRevisionType.SAVE)
    if saved is None:
        # The editor goes on from here: what is stored of it in the end settles this conflict.
        form.continues.data = f"{conflict.editing_session} {conflict.sequence}"
        return editor.show(request, form, editing.post, status=422)
    conflict.settle(current.now(request))
    return after_saving(request, form, editing.post, saved, "Your decision is saved.")


def _find(request: Request) -> tuple[Post, PostRevision, PostRevision]:
    post, head = editor.seen(request)
    conflict = find(request, post, request.path_params["revision"])
    if not conflict.is_conflict or head is None:
        raise NotFoundError
    return post, conflict, head


def _seen(request: Request, post: Post) -> PostRevision | None:
    # The words with which somebody compared their own. They are pinned, so only a made-up version is not there.
    version = Version.parse(current.form(request).get("base"))
    if version is None:
        return None
    found = find_revision(current.session(request), post.id, version.revision_id)
    return found if found is not None and not found.is_conflict and found.sequence == version.sequence else None


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
        "sides": Sides.seen_by(current.require_user(request), conflict, head),
        "has_moved": has_moved,
        "missing": decisions.missing(merged) if status >= 400 else frozenset(),
        "left_over": decisions.left_over(merged),
    }
    return page(request, "conflicts/show.html", status=status, **context)
