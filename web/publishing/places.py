"""Finds the post that an address of this room is about, for whoever may arrange it."""

from collections.abc import Callable

from starlette.requests import Request

from web.http import current
from web.http.errors import ForbiddenError, NotFoundError
from web.models.post import Post
from web.models.user import User
from web.posts import rules
from web.publishing import rules as publishing_rules
from web.publishing.queries import find_post
from web.revisions.queries import lock_post


def visible_post(request: Request) -> Post:
    """The post of the address, for those who write. Raises NotFoundError where this person may not see it.

    What is to be changed is nobody else's meanwhile.
    """
    user = current.require(request, lambda user: user.may_write)
    session, now, is_to_change = current.session(request), current.now(request), request.method == "POST"
    if is_to_change:
        lock_post(session, request.path_params["id"])
    post = find_post(session, request.path_params["id"])
    if post is None or not rules.may_see(user, post, now):
        raise NotFoundError
    return post


def post_to_arrange(request: Request) -> Post:
    """The post whose settings this person may change. Raises NotFoundError, ForbiddenError."""
    return _post_for(request, rules.may_edit)


def post_to_decide(request: Request) -> Post:
    """The post about which this person, and meanwhile nobody else, decides. Raises NotFoundError, ForbiddenError."""
    return _post_for(request, publishing_rules.may_decide)


def post_to_publish(request: Request) -> Post:
    """The post that this person may show to everybody. Raises NotFoundError, ForbiddenError."""
    return _post_for(request, rules.may_publish)


def _post_for(request: Request, may: Callable[[User | None, Post], bool]) -> Post:
    post = visible_post(request)
    if not may(current.user(request), post):
        raise ForbiddenError
    return post
