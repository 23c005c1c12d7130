"""What the sample decides about a post beside its words: its place, who sees it, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from web.listing.actions import keep_listed
from web.models.post import Post
from web.models.post_state import PostVisibility
from web.publishing.actions import feature, schedule, submit
from web.series.actions import assign


@dataclass(frozen=True)
class Arrangement:
    """The decisions about one post. `menu_order` makes a page of it; `appears_at` is still to come."""

    series: str = ""
    menu_order: int | None = None
    is_featured: bool = False
    is_unlisted: bool = False
    is_in_review: bool = False
    appears_at: datetime | None = None


def arrange(session: Session, post: Post, wanted: Arrangement, now: datetime) -> None:
    """Carry out what was decided about a stored post, whose authors are loaded. Parts of a series come in order."""
    if wanted.series:
        assign(session, post, wanted.series, None)
    if wanted.menu_order is not None:
        post.become_page(wanted.menu_order)
    if wanted.is_featured:
        feature(session, post, now)
    if wanted.is_unlisted:
        post.show_to(PostVisibility.UNLISTED, post.updated_at)
    if wanted.is_in_review:
        submit(session, post, now)
    if wanted.appears_at:
        schedule(session, post, wanted.appears_at, None, now)
    keep_listed(session, post)
