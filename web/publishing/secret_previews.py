"""A post as it would be published, for whoever has a secret link to it."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import page
from web.posts.shown import shown_with_changes
from web.publishing.queries import find_previewed

# The address is the secret: it goes into no cache, no search engine and, as a referrer, to nobody.
HEADERS = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


def show(request: Request) -> Response:
    """The post. A link that is unknown, expired or revoked is the same: not found, and as well guarded."""
    session = current.session(request)
    post = find_previewed(session, request.path_params["token"], current.now(request))
    if post is None:
        raise NotFoundError(HEADERS)
    return page(request, "publishing/preview.html", headers=HEADERS, post=post, shown=shown_with_changes(session, post))
