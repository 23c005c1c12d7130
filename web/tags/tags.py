"""All tags, and the posts of one."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import page, page_or_fragment
from web.posts.cursor import Cursor
from web.posts.lists import in_tag
from web.posts.queries import newest_public
from web.tags.queries import find_tag, tags_in_use


def index(request: Request) -> Response:
    """Every tag of a public post, with the number of those."""
    return page(request, "tags/index.html", tags=tags_in_use(current.session(request), current.now(request)))


def show(request: Request) -> Response:
    """The newest posts with a tag. Writers see the page before any of its posts is public."""
    session, now = current.session(request), current.now(request)
    user = current.user(request)
    may_write = user is not None and user.may_write
    tag = find_tag(session, now, request.path_params["slug"], also_unused=may_write)
    if tag is None:
        raise NotFoundError
    before = Cursor.parse(request.query_params.get("before", ""))
    found = newest_public(session, now, before, in_tag(tag.id))
    return page_or_fragment(request, "tags/show.html", "posts/_list.html", tag=tag, page=found, before=before)
