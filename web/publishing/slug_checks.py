"""Whether an address that somebody is typing can be had: a word of advice, for the constraint decides in the end."""

import re

from starlette.requests import Request
from starlette.responses import Response

from web.drafts.slugs import to_slug
from web.http import current
from web.http.convertors import KeyConvertor
from web.http.responses import fragment
from web.models.post import SLUG_LIMIT, Post
from web.pages.rules import slug_problem
from web.posts import rules
from web.posts.queries import find_slug
from web.publishing.queries import find_post


def show(request: Request) -> Response:
    """What becomes of the `slug` that was typed, for the post with the number `post` or for a new one."""
    if current.user(request) is None and current.is_htmx(request):
        # The way to the sign-in page would take the editor away with everything typed; saving says what to do.
        return Response(status_code=204)
    current.require(request, lambda user: user.may_write)
    typed = request.query_params.get("slug", "")[: 2 * SLUG_LIMIT]
    problem, words = _judge(request, typed, _post(request))
    return fragment(request, "publishing/_slug_check.html", problem=problem, words=words)


def _judge(request: Request, typed: str, post: Post | None) -> tuple[str, str]:
    if not typed.strip():
        return "", "" if post and post.was_published else "It is made from the title."
    slug = to_slug(typed)
    if not slug:
        return "An address needs letters or digits.", ""
    if post is not None and post.is_page and (problem := slug_problem(slug)):
        return problem, ""
    holder = find_slug(current.session(request), slug)
    if holder is not None and (post is None or holder.post_id != post.id):
        return f"Another post has or had the address “{slug}”. Please choose a different one.", ""
    return "", f"The address “{slug}” is {'its own' if holder else 'free'}."


def _post(request: Request) -> Post | None:
    text = request.query_params.get("post", "")
    if not re.fullmatch(KeyConvertor.regex, text):
        return None
    post = find_post(current.session(request), int(text))
    return post if post is not None and rules.may_edit(current.user(request), post) else None
