"""Which readers see the same page of a post, and until when."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from web.models.user import User
from web.posts.printed import AnyPost


class Audience(NamedTuple):
    """`is_for_one`: whoever asks sees more than others. `apart`: who else does, until when or, with None, for good."""

    is_for_one: bool
    until: datetime | None
    apart: Mapping[int, datetime | None]


def audience(
    post: AnyPost, user: User | None, now: datetime, writers: Mapping[int, datetime] | None = None
) -> Audience:
    """Who shares the page of a post with whoever asks.

    Its authors and those who manage the blog see more, and for a while so do the `writers` who may still change a
    comment under it.
    """
    apart: dict[int, datetime | None] = dict(writers or {})
    apart |= dict.fromkeys(post.author_ids)
    sees_more = user is not None and (user.may_manage or user.id in apart)
    closes_at = post.comments_close_at
    until = closes_at if closes_at is not None and closes_at > now else None
    return Audience(sees_more or not post.is_public_at(now), until, apart)
