"""Reads, in portions, the texts that are to be rendered again. Rows are locked, so that no edit is overwritten."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from web.models.comment import Comment
from web.models.post import Post

# A post's text can have a megabyte: a portion of this many stays small enough for any machine.
PORTION = 20


def count_texts(session: Session) -> int:
    """How many posts and comments there are."""
    posts, comments = select(func.count(Post.id)).scalar_subquery(), select(func.count(Comment.id)).scalar_subquery()
    return int(session.execute(select(posts + comments)).scalar_one())


def posts_after(session: Session, post_id: int) -> list[Post]:
    """The next portion of posts, by number."""
    statement = select(Post).where(Post.id > post_id).order_by(Post.id).limit(PORTION).with_for_update()
    return list(session.scalars(statement.options(defer(Post.body_html))))


def comments_after(session: Session, comment_id: int) -> list[Comment]:
    """The next portion of comments, by number; deleted ones have no words."""
    statement = select(Comment).where(Comment.id > comment_id).order_by(Comment.id).limit(PORTION).with_for_update()
    return list(session.scalars(statement.options(defer(Comment.body_html))))
