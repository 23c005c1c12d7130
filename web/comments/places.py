"""Finds what an address of this room is about, and says where the answer goes."""

import re

from starlette.requests import Request
from starlette.responses import Response

from web.comments import queries, rules
from web.comments.composers import MAIN_PLACE
from web.comments.discussion import Viewer
from web.comments.stamps import Stamps
from web.html.dom_id import dom_id
from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import page
from web.models.comment import Comment
from web.models.post import Post
from web.posts.queries import find_current_slug

# htmx says which element it will change: `div#reply-comment-12`.
REPLY_PLACE = re.compile(r"div#(reply-comment-[0-9]{1,18})")


def find_public_post(request: Request) -> Post | None:
    """The post at the address, also at one that it had before; None unless everybody may read it."""
    session, slug = current.session(request), request.path_params["slug"]
    post = queries.find_post(session, slug)
    if post is None:
        new_slug = find_current_slug(session, current.now(request), slug)
        post = queries.find_post(session, new_slug) if new_slug else None
    return post if post and post.is_public_at(current.now(request)) else None


def find_visible_comment(request: Request) -> Comment | None:
    """The comment at the address; None unless this person may see it."""
    comment = queries.find_comment(current.session(request), request.path_params["id"])
    if comment is None or not rules.may_see(current.user(request), comment, comment.rel_post, current.now(request)):
        return None
    return comment


def require_comment(request: Request) -> Comment:
    """The comment at the address. Raises NotFoundError when this person may not see it."""
    comment = find_visible_comment(request)
    if comment is None:
        raise NotFoundError
    return comment


def viewer(request: Request, post: Post) -> Viewer:
    """Whoever asks, before this post."""
    return Viewer(current.user(request), post, current.blog(request), current.now(request))


def stamps(request: Request) -> Stamps:
    """The stamps of this moment."""
    return Stamps(request.app.state.secret_key, current.now(request))


def form_place(request: Request) -> str:
    """The element that holds the form which htmx sent."""
    match = REPLY_PLACE.fullmatch(request.headers.get("hx-target", ""))
    return match[1] if match else MAIN_PLACE


def address(post: Post, comment: Comment | None = None) -> str:
    """Where a comment stands on the page of its post; without one, where they all begin."""
    return f"/posts/{post.slug}#{dom_id(comment) if comment else 'comments'}"


def gone(request: Request) -> Response:
    """404, but with the words that somebody just sent. Raises NotFoundError when there are none."""
    words = current.form(request).get("body")
    if not words.strip():
        raise NotFoundError
    return page(request, "comments/gone.html", status=404, words=words)
