"""Who may do what with images: pure functions of loaded objects."""

from web.models.media import Media
from web.models.user import User


def may_upload(user: User | None) -> bool:
    """Whoever may publish may add images."""
    return user is not None and user.may_publish


def may_see(user: User | None, media: Media) -> bool:
    """Everybody may look at the files; the page about one is for its owner and for those who manage the blog."""
    if user is None or not user.may_publish:
        return False
    return user.may_manage or media.user_id == user.id


def may_change(user: User | None, media: Media) -> bool:
    """Whoever sees the page about an image may describe and delete it."""
    return may_see(user, media)
