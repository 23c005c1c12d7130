"""What there are feeds of: the whole blog, a tag, an author, the comments."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row
from starlette.requests import Request
from starlette.responses import Response

from web.authors.queries import find_author
from web.feeds.addresses import absolute_address
from web.feeds.feed import Entry, Feed, Person, Post
from web.feeds.queries import FeedPost, newest_comments, newest_posts
from web.http import current
from web.http.errors import NotFoundError
from web.http.responses import base_url, redirect
from web.posts.lists import in_tag, written_by
from web.tags.queries import find_tag


class _Source(NamedTuple):
    """The part of the blog that a feed is of, how it is called, and where people read it."""

    part: str
    name: str
    page: str


def of_blog(request: Request) -> Feed:
    """The newest posts of all."""
    posts = newest_posts(current.session(request), current.now(request))
    entries = [_post_entry(request, post) for post in posts]
    return _feed(request, _Source("", "", absolute_address(request, "posts.index")), entries)


def of_tag(request: Request) -> Feed:
    """The newest posts with a tag. Raises NotFoundError when there are none."""
    session, now = current.session(request), current.now(request)
    tag = find_tag(session, now, request.path_params["slug"])
    if tag is None:
        raise NotFoundError
    entries = [_post_entry(request, post) for post in newest_posts(session, now, in_tag(tag.id))]
    page = absolute_address(request, "tags.show", slug=tag.slug)
    return _feed(request, _Source(f"tag {tag.id}", f"Posts tagged “{tag.name}”", page), entries)


def of_author(request: Request) -> Feed | Response:
    """An author's newest posts. Raises NotFoundError when there is no such author."""
    username = request.path_params["username"]
    if username != username.lower():
        return redirect(request.url.path.lower(), status=301)
    session, now = current.session(request), current.now(request)
    author = find_author(session, now, username)
    if author is None:
        raise NotFoundError
    entries = [_post_entry(request, post) for post in newest_posts(session, now, written_by(author.id))]
    person = _author(request, author.username, author.display_name)
    source = _Source(f"author {author.id}", f"Posts by {author.display_name}", person.address)
    return _feed(request, source, entries, person)


def of_comments(request: Request) -> Feed:
    """The newest comments that everybody may read."""
    rows = newest_comments(current.session(request), current.now(request))
    entries = [_comment_entry(request, row) for row in rows]
    return _feed(request, _Source("comments", "Comments", absolute_address(request, "posts.index")), entries)


def _feed(request: Request, source: _Source, entries: Sequence[Entry], author: Person | None = None) -> Feed:
    blog = current.blog(request)
    return Feed(
        uid=blog.uid_of(source.part),
        title=f"{source.name} · {blog.title}" if source.name else blog.title,
        description=blog.description or blog.title,
        page=source.page,
        address=base_url(request) + request.url.path,
        language=blog.language,
        author=author or Person(blog.title, absolute_address(request, "posts.index")),
        entries=entries,
    )


def _post_entry(request: Request, post: FeedPost) -> Entry:
    row = post.row
    return Entry(
        uid=row.uid,
        address=absolute_address(request, "posts.show", slug=row.slug),
        title=row.title,
        summary=row.summary or row.excerpt,
        html=row.body_html,
        published_at=row.published_at,
        # An imported post may have been published long after it was written here.
        updated_at=max(row.published_at, row.updated_at),
        authors=[_author(request, *author) for author in post.authors],
        tags=post.tags,
    )


def _comment_entry(request: Request, row: Row[*tuple[Any, ...]]) -> Entry:
    post = Post(row.post_uid, absolute_address(request, "posts.show", slug=row.post_slug))
    writer = _writer(request, row)
    return Entry(
        uid=row.uid,
        address=f"{post.address}#comment-{row.id}",
        title=f"{writer.name} on “{row.post_title}”",
        summary="",
        html=row.body_html,
        published_at=row.created_at,
        updated_at=row.edited_at or row.created_at,
        authors=[writer],
        answers=post,
    )


def _writer(request: Request, row: Row[*tuple[Any, ...]]) -> Person:
    if row.has_page:
        return _author(request, row.username, row.display_name)
    # The account of a reader may be gone.
    return Person(row.display_name or row.guest_name or "Someone")


def _author(request: Request, username: str, display_name: str) -> Person:
    return Person(display_name, absolute_address(request, "authors.show", username=username))
