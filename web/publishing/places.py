"""Finds the post that an address of this room is about, for whoever may arrange it."""

from starlette.requests import Request

from web.http import current
from web.http.errors import ForbiddenError, NotFoundError
from web.models.post import Post
from web.posts import rules
from web.publishing import rules as publishing_rules
from web.publishing.queries import find_post, lock


def visible_post(request: Request, *, hold: bool = False) -> Post:
    """The post of the address, for those who write. Raises NotFoundError where this person may not see it.

    With `hold` nobody else changes it meanwhile.
    """
    user = current.require(request, lambda user: user.may_write)
    if hold:
        lock(current.session(request), request.path_params["id"])
    post = find_post(current.session(request), request.path_params["id"])
    if post is None or not rules.may_see(user, post, current.now(request)):
        raise NotFoundError
    return post


def post_to_arrange(request: Request, *, hold: bool = False) -> Post:
    """The post whose settings this person may change. Raises NotFoundError, ForbiddenError."""
    post = visible_post(request, hold=hold)
    if not rules.may_edit(current.user(request), post):
        raise ForbiddenError
    return post


def post_to_decide(request: Request) -> Post:
    """The post about which this person, and meanwhile nobody else, decides. Raises NotFoundError, ForbiddenError."""
    post = visible_post(request, hold=True)
    if not publishing_rules.may_decide(current.user(request), post):
        raise ForbiddenError
    return post


def post_to_publish(request: Request) -> Post:
    """The post that this person may show to everybody. Raises NotFoundError, ForbiddenError."""
    post = visible_post(request)
    if not rules.may_publish(current.user(request), post):
        raise ForbiddenError
    return post
