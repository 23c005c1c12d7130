"""Reads what the settings of a post show and change."""

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from web.models.post import Post, UserPostAssociation
from web.models.user import MANAGERS, User


def find_managers(session: Session) -> list[User]:
    """Those who decide about posts in review and can sign in."""
    statement = select(User).where(User.role_lookup_code.in_(sorted(MANAGERS)), User.is_active.is_(True))
    return list(session.scalars(statement.order_by(User.id)))


def find_post(session: Session, post_id: int) -> Post | None:
    """The post with its authors, without its HTML, whoever may see it."""
    authors = joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user, innerjoin=True)
    statement = select(Post).where(Post.id == post_id).options(defer(Post.body_html, raiseload=True), authors)
    return session.scalars(statement).unique().one_or_none()
