"""Reads what an import needs to know of the blog that it adds to."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.user import Role, User


def find_author(session: Session, username: str, display_name: str) -> User | None:
    """The person with this username, else the one who is shown under this name."""
    is_called = or_(User.username == username, func.lower(User.display_name) == display_name.lower())
    found = session.scalars(select(User).where(is_called).order_by(User.id)).all()
    return next((user for user in found if user.username == username), next(iter(found), None))


def find_first_owner(session: Session) -> User | None:
    """The owner who has been here longest."""
    statement = select(User).where(User.role_lookup_code == Role.OWNER, User.is_active.is_(True))
    return session.scalars(statement.order_by(User.id).limit(1)).first()


def find_last_import(session: Session, post_id: int) -> PostRevision | None:
    """What the file said that a post was last made of, None when it was never imported."""
    is_import = PostRevision.post_revision_type_lookup_code == PostRevisionType.IMPORT
    statement = select(PostRevision).where(PostRevision.post_id == post_id, is_import)
    return session.scalars(statement.order_by(PostRevision.id.desc()).limit(1)).first()


def find_usernames(session: Session, names: list[str]) -> list[str]:
    """Which of these usernames somebody has."""
    return list(session.scalars(select(User.username).where(User.username.in_(names)).order_by(User.username)))


def has_posts(session: Session) -> bool:
    """Whether anybody has written anything yet, drafts and deleted posts included."""
    return session.scalars(select(Post.id).limit(1)).first() is not None


def has_anything(session: Session) -> bool:
    """Whether there are posts or people."""
    return has_posts(session) or session.scalars(select(User.id).limit(1)).first() is not None
