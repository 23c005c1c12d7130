"""The public page of an author."""

from starlette.requests import Request
from starlette.responses import Response

from web.authors.queries import find_author
from web.html.markdown import render_comment
from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import page_or_fragment, redirect
from web.posts.cursor import Cursor
from web.posts.lists import written_by
from web.posts.queries import newest_public


def show(request: Request) -> Response:
    """Who it is, and their newest posts."""
    username = request.path_params["username"]
    if username != username.lower():
        return redirect(request.url.path.lower(), status=301)
    session, now = current.session(request), current.now(request)
    user = current.user(request)
    author = find_author(session, now, username, also_readers=user is not None and user.may_manage)
    if author is None:
        raise NotFoundError
    before = Cursor.parse(request.query_params.get("before", ""))
    return page_or_fragment(
        request,
        "authors/show.html",
        "posts/_list.html",
        author=author,
        biography=render_comment(author.bio) if author.bio else "",
        page=newest_public(session, now, before, written_by(author.id)),
        before=before,
    )
