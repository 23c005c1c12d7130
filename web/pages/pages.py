"""A page of the blog, such as /about: a text that stands by itself, without date and comments."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import limit_sharing, page, redirect
from web.pages.queries import find_moved_page
from web.posts import rules
from web.posts.audience import audience
from web.posts.queries import find_page
from web.posts.shown import shown


def show(request: Request) -> Response:
    """The page. A post has no address here."""
    slug, user, now = request.path_params["slug"], current.user(request), current.now(request)
    post = find_page(current.session(request), slug)
    if post is None:
        return _moved(request, slug)
    if not post.is_page or not rules.may_see(user, post, now):
        raise NotFoundError
    limit_sharing(request, audience(post, user, now))
    headers = {} if post.is_for_robots_at(now) else {"X-Robots-Tag": "noindex"}
    words, may_edit = shown(current.session(request), post, now), rules.may_edit(user, post)
    return page(request, "pages/show.html", headers=headers, post=post, shown=words, may_edit=may_edit)


def _moved(request: Request, old_slug: str) -> Response:
    new_slug = find_moved_page(current.session(request), current.now(request), old_slug)
    if new_slug is None:
        raise NotFoundError
    return redirect(f"/{new_slug}", status=301)
