"""The history of a post: its named revisions, and what each of them changed."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.shown_bases import keeping_base
from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import page, page_or_fragment
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.revisions import queries
from web.revisions.differences import changes
from web.revisions.keys import read_key
from web.revisions.words import words_of


@keeping_base
def index(request: Request) -> Response:
    """The named revisions, newest first."""
    post, form, _ = editor.opened(request)
    before = read_key(request.query_params.get("before", ""))
    found = queries.history(current.session(request), post.id, before)
    templates = ("revisions/index.html", "revisions/_list.html")
    return page_or_fragment(request, *templates, post=post, page=found, base=form.base.data, before=before)


@keeping_base
def show(request: Request) -> Response:
    """What a revision changed: against the one before it, or against the one that `?against=` names."""
    post, form, _ = editor.opened(request)
    revision = find(request, post, request.path_params["revision"])
    against = _other(request, post, revision)
    return page(
        request,
        "revisions/show.html",
        post=post,
        revision=revision,
        against=against,
        changes=changes(words_of(against) if against else None, words_of(revision)),
        base=form.base.data,
    )


def find(request: Request, post: Post, key: int) -> PostRevision:
    """A revision of a post. Raises NotFoundError."""
    found = queries.find_revision(current.session(request), post.id, key)
    if found is None:
        raise NotFoundError
    return found


def _other(request: Request, post: Post, revision: PostRevision) -> PostRevision | None:
    key = read_key(request.query_params.get("against", ""))
    if key is not None:
        return find(request, post, key)
    return queries.find_predecessor(current.session(request), revision)
