"""What lists show of posts: plain values, no model objects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from web.posts.cursor import Cursor


class Credit(NamedTuple):
    """An author (username, display name) or a tag (slug, name) of a post."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class PostSummary:
    """One post in a list. Its page remembers how it was printed by all of this together."""

    id: int
    slug: str
    title: str
    summary: str
    published_at: datetime | None
    updated_at: datetime
    word_count: int
    state: str
    authors: tuple[Credit, ...] = ()
    tags: tuple[Credit, ...] = ()
    is_featured: bool = False


class Page(NamedTuple):
    """A page of a list. `older` points to the next one, None on the last."""

    items: Sequence[PostSummary]
    older: Cursor | None
