"""Who may manage what: pure functions of loaded people."""

from web.models.user import User


def may_manage(user: User) -> bool:
    """Editors and owners see the dashboard and the list of people."""
    return user.may_manage


def may_decide(user: User) -> bool:
    """Only owners change settings and other people's roles."""
    return user.is_owner
