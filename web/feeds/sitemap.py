"""The sitemap: one file while that can hold all posts, beyond that an index of files.

Each file has the posts of a range of numbers: so it is found without reading those before it, and stays the
same when the next post is written. File 0 has all other pages.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from math import ceil
from xml.sax.saxutils import escape

from sqlalchemy import Row
from starlette.requests import Request
from starlette.responses import Response

from web.feeds.addresses import absolute_address
from web.feeds.conditional import answer
from web.feeds.queries import last_post_id, sitemap_names, sitemap_posts
from web.http import current
from web.http.errors import NotFoundError

POSTS_PER_FILE = 10_000
# A file may name 50,000 addresses at most: posts, and as many tags and authors each.
MOST_OF_A_KIND = 10_000
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# What stands for a page, a tag or an author in addresses.
ADDRESSES = {"page": ("pages.show", "slug"), "tag": ("tags.show", "slug"), "author": ("authors.show", "username")}
ROOTS = {"url": "urlset", "sitemap": "sitemapindex"}


def index(request: Request) -> Response:
    """The addresses of everything or, when there is too much, of the files that have them."""
    last_file = _last_file(request)
    if last_file > 1:
        files = (absolute_address(request, "feeds.sitemap_file", number=number) for number in range(last_file + 1))
        return _answer(request, "sitemap", _located(files))
    posts = _posts_of(request, 1)
    return _answer(request, "url", [*_located(_other_pages(request)), *_post_pages(request, posts)], _newest(posts))


def show(request: Request) -> Response:
    """One of the files. Raises NotFoundError beyond the last."""
    number = request.path_params["number"]
    if number == 0:
        return _answer(request, "url", _located(_other_pages(request)))
    if number > _last_file(request):
        raise NotFoundError
    posts = _posts_of(request, number)
    return _answer(request, "url", _post_pages(request, posts), _newest(posts))


def _last_file(request: Request) -> int:
    return ceil(last_post_id(current.session(request), current.now(request)) / POSTS_PER_FILE)


def _posts_of(request: Request, number: int) -> Sequence[Row[str, datetime]]:
    last = number * POSTS_PER_FILE
    return sitemap_posts(current.session(request), current.now(request), last - POSTS_PER_FILE, last)


def _newest(posts: Sequence[Row[str, datetime]]) -> datetime | None:
    return max((updated_at for _, updated_at in posts), default=None)


def _post_pages(request: Request, posts: Sequence[Row[str, datetime]]) -> list[str]:
    # Ten thousand times the same beginning: it is made once. A slug has no sign that would have to be escaped.
    beginning = escape(absolute_address(request, "posts.show", slug=""))
    return [
        f"<loc>{beginning}{slug}</loc><lastmod>{updated_at.isoformat(timespec='seconds')}</lastmod>"
        for slug, updated_at in posts
    ]


def _other_pages(request: Request) -> Iterable[str]:
    names = sitemap_names(current.session(request), current.now(request), MOST_OF_A_KIND)
    return chain(
        (absolute_address(request, name) for name in ("posts.index", "archive.index", "tags.index")),
        (absolute_address(request, ADDRESSES[kind][0], **{ADDRESSES[kind][1]: name}) for kind, name in names),
    )


def _located(addresses: Iterable[str]) -> list[str]:
    return [f"<loc>{escape(address)}</loc>" for address in addresses]


def _answer(request: Request, kind: str, items: Sequence[str], changed_at: datetime | None = None) -> Response:
    """A file of `<url>` or `<sitemap>` elements."""

    def write() -> str:
        inside = "".join(f"<{kind}>{item}</{kind}>\n" for item in items)
        return f'{DECLARATION}<{ROOTS[kind]} xmlns="{NAMESPACE}">\n{inside}</{ROOTS[kind]}>\n'

    return answer(request, items, changed_at, "application/xml", write)
