"""Reads what feeds and the sitemap say: only what everybody may read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from web.authors.queries import has_public_posts as author_has_public_posts
from web.authors.queries import may_write
from web.database.rows import read_rows
from web.models.comment import Comment, CommentStatus
from web.models.post import Post
from web.models.tag import Tag
from web.models.user import User
from web.pages.queries import pages_for_robots
from web.posts.lists import EVERYTHING, Part, from_key, key_values
from web.posts.queries import credits_of, listed
from web.posts.summaries import Credit
from web.tags.queries import has_public_posts as tag_has_public_posts

FEED_SIZE = 20

POST_COLUMNS = (
    Post.id,
    Post.uid,
    Post.slug,
    Post.title,
    Post.summary,
    Post.excerpt,
    Post.body_html,
    Post.published_at,
    Post.updated_at,
)
COMMENT_COLUMNS = (
    Comment.id,
    Comment.uid,
    Comment.body_html,
    Comment.created_at,
    Comment.edited_at,
    Comment.guest_name,
    User.username,
    User.display_name,
    may_write().label("has_page"),
    Post.uid.label("post_uid"),
    Post.slug.label("post_slug"),
    Post.title.label("post_title"),
)


class FeedPost(NamedTuple):
    """A post's columns with its credits, in order."""

    row: Row[*tuple[Any, ...]]
    authors: list[Credit]
    tags: list[Credit]


def newest_posts(session: Session, now: datetime, part: Part = EVERYTHING) -> list[FeedPost]:
    """The newest public posts with their whole text, of a tag or an author where one is given. Two statements."""
    newest = from_key(listed(POST_COLUMNS, part.source), part.source.order, FEED_SIZE, is_first=True)
    rows = read_rows(session, newest, {**part.values, **key_values(now, None)})
    posts = {row.id: FeedPost(row, [], []) for row in rows}
    for post_id, kind, credit in credits_of(session, list(posts)):
        (posts[post_id].authors if kind == "author" else posts[post_id].tags).append(credit)
    return list(posts.values())


def newest_comments(session: Session, now: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest approved comments under public posts, with their writers."""
    is_readable = and_(Comment.comment_status_lookup_code == CommentStatus.APPROVED, Comment.deleted_at.is_(None))
    statement = (
        select(*COMMENT_COLUMNS)
        .join(Comment.rel_post)
        .outerjoin(Comment.rel_user)
        .where(is_readable, Post.is_listed_at(now))
        .order_by(Comment.id.desc())
        .limit(FEED_SIZE)
    )
    return session.execute(statement).all()


def last_post_id(session: Session, now: datetime) -> int:
    """The highest number of a public post; 0 when there is none."""
    return session.scalars(select(func.max(Post.id)).where(Post.is_listed_at(now))).one() or 0


def sitemap_posts(session: Session, now: datetime, after: int, up_to: int) -> Sequence[Row[str, datetime]]:
    """Slug and last change of the public posts with a number in that range."""
    # A post may have been written long before it appeared.
    changed_at = case((Post.published_at > Post.updated_at, Post.published_at), else_=Post.updated_at)
    statement = select(Post.slug, changed_at).where(Post.is_listed_at(now), Post.id > after, Post.id <= up_to)
    # What is kept from search engines, or has its address elsewhere, is not for them to find here.
    statement = statement.where(Post.is_kept_from_robots.is_(False), Post.canonical_url == "")
    return session.execute(statement.order_by(Post.id)).all()


def sitemap_names(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """Pages, tags that public posts carry, and those who wrote them, at most `limit` of each, in one statement.

    Each is ("page", "tag" or "author", its name in addresses).
    """
    pages = pages_for_robots(now).with_only_columns(literal("page"), literal(1), Post.id, Post.slug)
    tags = select(literal("tag"), literal(2), Tag.id, Tag.slug).where(tag_has_public_posts(now))
    authors = select(literal("author"), literal(3), User.id, User.username).where(author_has_public_posts(now))
    # In brackets: not every database takes an order and a limit inside a union otherwise.
    ordered = (pages.order_by(Post.menu_order, Post.id), tags.order_by(Tag.id), authors.order_by(User.id))
    parts = [select(*part.limit(limit).subquery().c) for part in ordered]
    rows = session.execute(union_all(*parts)).all()
    return [(kind, name) for kind, _, _, name in sorted(rows, key=lambda row: (row[1], row[2]))]
