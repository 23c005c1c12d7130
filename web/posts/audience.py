"""Which readers see the same page of a post, and until when."""

from datetime import datetime
from typing import NamedTuple

from web.models.user import User
from web.posts.printed import AnyPost


class Audience(NamedTuple):
    """`is_for_one`: whoever asks sees more than others. `until`: it changes then. `apart`: who else sees more."""

    is_for_one: bool
    until: datetime | None
    apart: frozenset[int]


def audience(post: AnyPost, user: User | None, now: datetime) -> Audience:
    """Who shares the page of a post with whoever asks. Its authors and those who manage the blog see more."""
    sees_more = user is not None and (user.may_manage or post.is_written_by(user.id))
    closes_at = post.comments_close_at
    until = closes_at if closes_at is not None and closes_at > now else None
    return Audience(sees_more or not post.is_public_at(now), until, frozenset(post.author_ids))
