"""Reads comments."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from web.models.comment import Comment
from web.models.post import Post


def comments_under(session: Session, post: Post) -> list[Comment]:
    """All comments of a post with their writers, oldest first, in one statement."""
    statement = select(Comment).where(Comment.post_id == post.id).options(joinedload(Comment.rel_user))
    return list(session.scalars(statement.order_by(Comment.id)))
