"""What a feed says, whatever the format: plain values with absolute addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from web.feeds.content import absolute_html
from web.posts.summaries import Credit

# What an empty feed says of its age, for the formats that want to know: always the same, and long ago.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Person(NamedTuple):
    """Who wrote something. Guests have no address."""

    name: str
    address: str = ""


class Post(NamedTuple):
    """What a comment answers to."""

    uid: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One post or comment. `uid` stays when its address or the domain changes; `html` is as in the page."""

    uid: str
    address: str
    title: str
    summary: str
    html: str = field(repr=False)
    published_at: datetime
    updated_at: datetime
    authors: Sequence[Person]
    tags: Sequence[Credit] = ()
    answers: Post | None = None

    @property
    def content(self) -> str:
        """The HTML for readers elsewhere."""
        return absolute_html(self.html, self.address)


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest entries of the blog, a tag, an author or the comments.

    `uid` stays when the address or the domain changes. `page` is where people read the same, `address` where the
    feed itself is; `author` wrote what has no other author.
    """

    uid: str
    title: str
    description: str
    page: str
    address: str
    language: str
    author: Person
    entries: Sequence[Entry]

    @property
    def parts(self) -> Iterator[str]:
        """All that the feed is made from."""
        yield repr(self)
        # Texts are long, and repr() looks at each of their characters.
        for entry in self.entries:
            yield entry.html

    @property
    def updated_at(self) -> datetime:
        """When an entry changed last."""
        return max((entry.updated_at for entry in self.entries), default=LONG_AGO)
