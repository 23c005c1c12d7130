"""Renders everything again, after the renderer has changed. Each portion is a unit of work of its own."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from sqlalchemy.orm import Session

from web.database import Database
from web.drafts.actions import set_body
from web.html.markdown import RENDERER_VERSION, render_comment
from web.models.comment import Comment
from web.models.post import Post
from web.rendering.queries import comments_after, posts_after
from web.search.actions import index_comments, index_stored_posts

Text = TypeVar("Text", Post, Comment)


def render_everything(database: Database) -> Iterator[int]:
    """Render all posts and comments. Yields after each portion how many texts it had."""
    yield from _in_portions(database, posts_after, lambda post: set_body(post, post.body), _index_posts)
    yield from _in_portions(database, comments_after, _render_comment, index_comments)


def _in_portions(
    database: Database,
    read: Callable[[Session, int], list[Text]],
    render: Callable[[Text], None],
    index: Callable[[Session, list[Text]], None],
) -> Iterator[int]:
    last = 0
    while True:
        with database.session() as session:
            texts = read(session, last)
            for text in texts:
                render(text)
            session.flush()
            index(session, texts)
        if not texts:
            return
        last = texts[-1].id
        yield len(texts)


def _render_comment(comment: Comment) -> None:
    comment.body_html = render_comment(comment.body) if comment.body else ""
    comment.renderer_version = RENDERER_VERSION


def _index_posts(session: Session, posts: list[Post]) -> None:
    index_stored_posts(session, [post.id for post in posts])
