"""Who may do what with a series: pure functions of loaded people."""

from web.models.user import User


def may_manage(user: User | None) -> bool:
    """Editors change titles and descriptions."""
    return user is not None and user.may_manage


def may_see_empty(user: User | None) -> bool:
    """A series without listed parts is for those who write."""
    return user is not None and user.may_write
