"""Who may send messages to whom: pure functions. What somebody may read is in the queries."""

from web.models.user import User


def may_write(user: User) -> bool:
    """Whether somebody may write messages at all: those who manage the blog."""
    return user.may_manage


def may_announce(user: User) -> bool:
    """Whether somebody may write to everybody."""
    return user.is_owner
