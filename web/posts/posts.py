"""The front page and the page of a post."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.comments.discussion import Discussion, Viewer, load_discussion
from web.home.queries import home
from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import base_url, limit_sharing, page, page_or_fragment, redirect, share
from web.models.user import User
from web.posts import queries, rules
from web.posts.audience import audience
from web.posts.cursor import Cursor
from web.posts.json_ld import describe
from web.posts.printed import AnyPost, Post
from web.posts.shown import shown
from web.series.queries import surroundings


def index(request: Request) -> Response:
    """The newest posts."""
    before = Cursor.parse(request.query_params.get("before", ""))
    found = home(current.session(request), current.now(request), before)
    return page_or_fragment(request, "posts/index.html", "posts/_list.html", page=found, before=before)


def show(request: Request) -> Response:
    """A post with its comments."""
    slug = request.path_params["slug"]
    post = queries.find_page(current.session(request), slug)
    if post is None:
        return _moved(request, slug, "")
    user = _require_sight(request, post)
    if post.is_page:
        # It may become a post again: this redirect is not for ever.
        return redirect(post.path, status=HTTPStatus.FOUND)
    may_follow = _may_follow(request, post)
    is_shared = limit_sharing(request, audience(post, user, current.now(request)))
    around = surroundings(current.session(request), current.now(request), post)
    return page(
        request,
        "posts/show.html",
        headers=_robots(request, post),
        post=post,
        shown=shown(current.session(request), post, current.now(request)),
        tags=around.tags,
        may_follow_tags=may_follow,
        place=around.place if around.place and (may_follow or around.place.part_count > 1) else None,
        json_ld=describe(post, around.tags, current.blog(request), base_url(request)),
        related=around.related,
        discussion=_discussion(request, post, is_shared=is_shared),
        may_edit=rules.may_edit(user, post),
    )


def source(request: Request) -> Response:
    """The Markdown of a post, as it was typed."""
    slug = request.path_params["slug"]
    post = queries.find_source(current.session(request), slug)
    if post is None:
        return _moved(request, slug, ".md")
    user = _require_sight(request, post)
    limit_sharing(request, audience(post, user, current.now(request)))
    share(request, has_posts=False)
    return PlainTextResponse(post.body, headers=_robots(request, post), media_type="text/markdown")


def _require_sight(request: Request, post: AnyPost) -> User | None:
    user = current.user(request)
    if not rules.may_see(user, post, current.now(request)):
        raise NotFoundError
    return user


def _discussion(request: Request, post: Post, *, is_shared: bool) -> Discussion:
    viewer = Viewer(current.user(request), post, current.blog(request), current.now(request), is_shared)
    return load_discussion(current.session(request), viewer, request.app.state.secret_key)


def _robots(request: Request, post: AnyPost) -> dict[str, str]:
    return {} if post.is_for_robots_at(current.now(request)) else {"X-Robots-Tag": "noindex"}


def _may_follow(request: Request, post: Post) -> bool:
    # The page of a tag or a series without listed posts is for those who write.
    user = current.user(request)
    return post.is_listed_at(current.now(request)) or (user is not None and user.may_write)


def _moved(request: Request, old_slug: str, ending: str) -> Response:
    new_slug = queries.find_current_slug(current.session(request), current.now(request), old_slug)
    if new_slug is None:
        raise NotFoundError
    return redirect(f"/posts/{new_slug}{ending}", status=301)
