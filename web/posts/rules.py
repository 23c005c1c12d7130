"""Who may do what with a post: pure functions of loaded objects. The post's authors must be loaded."""

from datetime import datetime

from web.models.user import User
from web.posts.printed import AnyPost


def may_see(user: User | None, post: AnyPost, now: datetime) -> bool:
    """Everybody sees what is public; the rest only its authors and those who manage the blog."""
    if post.is_public_at(now):
        return True
    return user is not None and (user.may_manage or _is_own(user, post))


def may_edit(user: User | None, post: AnyPost) -> bool:
    """Managers edit everything, authors their own posts, contributors theirs until they are released."""
    if user is None or not user.may_write:
        return False
    if user.may_manage:
        return True
    return _is_own(user, post) and (user.may_publish or not post.is_released)


def may_publish(user: User | None, post: AnyPost) -> bool:
    """Publishing and withdrawing: managers every post, authors their own."""
    return user is not None and user.may_publish and may_edit(user, post)


def _is_own(user: User, post: AnyPost) -> bool:
    return post.is_written_by(user.id)
