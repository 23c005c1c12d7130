"""What robots ask for first: what they may read, and where everything is.

The sitemap is one file while that can hold all posts. Beyond, it is an index of files, each with the posts of
a range of numbers: so every file is found without reading those before it, and stays the same when the next
post is written.
"""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any, cast

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.feeds.conditional import answer
from web.feeds.queries import SitemapPost, last_post_id, sitemap_authors, sitemap_posts, sitemap_tags
from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import base_url

POSTS_PER_FILE = 10_000
# A file of a sitemap may name 50,000 addresses at most: posts, and as many tags and authors each.
MOST_OF_A_KIND = 10_000
PRIVATE = ("/write", "/manage", "/account", "/messages")


def robots(request: Request) -> Response:
    """Everything may be read but what needs an account."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {base_url(request)}/sitemap.xml", ""]))


def sitemap(request: Request) -> Response:
    """The addresses of everything or, when there is too much, of the files that have them."""
    last_file = _last_file(request)
    if last_file > 1:
        return _answer(request, "feeds/sitemap_index.xml", None, numbers=range(last_file + 1))
    return _addresses(request, _posts_of(request, 1), **_other_pages(request))


def sitemap_file(request: Request) -> Response:
    """The addresses of a range of posts; in file 0 those of all other pages. Raises NotFoundError beyond the last."""
    number = request.path_params["number"]
    if number == 0:
        return _addresses(request, [], **_other_pages(request))
    if number > _last_file(request):
        raise NotFoundError
    return _addresses(request, _posts_of(request, number))


def _last_file(request: Request) -> int:
    return ceil(last_post_id(current.session(request)) / POSTS_PER_FILE)


def _posts_of(request: Request, number: int) -> list[SitemapPost]:
    last = number * POSTS_PER_FILE
    return sitemap_posts(current.session(request), last - POSTS_PER_FILE, last)


def _other_pages(request: Request) -> dict[str, Sequence[str]]:
    session = current.session(request)
    return {
        "pages": ["posts.index", "archive.index", "tags.index"],
        "tags": sitemap_tags(session, MOST_OF_A_KIND),
        "authors": sitemap_authors(session, MOST_OF_A_KIND),
    }


def _addresses(
    request: Request,
    posts: Sequence[SitemapPost],
    pages: Sequence[str] = (),
    tags: Sequence[str] = (),
    authors: Sequence[str] = (),
) -> Response:
    changed_at = max((post.updated_at for post in posts), default=None)
    listed = {"posts": posts, "pages": pages, "tags": tags, "authors": authors}
    return _answer(request, "feeds/sitemap.xml", changed_at, **listed)


def _answer(request: Request, template: str, changed_at: datetime | None, **listed: Sequence[Any]) -> Response:
    base = base_url(request)

    def write() -> str:
        environment = cast(Environment, request.app.state.environment)
        return environment.get_template(template).render(base_url=base, **listed)

    return answer(request, (base, repr(listed)), changed_at, "application/xml", write)
