"""How lists of posts are asked for: built once for each kind of list, narrowed, and read page by page from a key on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, bindparam, literal, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from web.database import UTCDateTime
from web.database.types import Key
from web.models.post import Post, UserPostAssociation
from web.models.tag import PostTagAssociation
from web.posts.cursor import Cursor

Summaries = Select[*tuple[Any, ...]]
MomentColumn = InstrumentedAttribute[Any]

NOW = cast(datetime, bindparam("now", type_=UTCDateTime))
# Until when a post must have appeared: now, or where a page begins. Of two such conditions SQLite may take the wrong.
UNTIL = cast(datetime, bindparam("until", type_=UTCDateTime))
BEFORE = bindparam("before_moment", type_=UTCDateTime)
KEY = tuple_(BEFORE, bindparam("before_id", type_=Key))


@dataclass(frozen=True, eq=False)
class Order:
    """The columns that say the order of a list, and how a row of it calls the moment."""

    moment: MomentColumn
    post_id: MomentColumn
    name: str


@dataclass(frozen=True, eq=False)
class Source:
    """The rows by which a list finds its posts in order: the posts themselves, or what leads to them.

    An author's or a tag's posts are looked up in an index of their own: neither are all of them sorted, nor
    those of others passed by.
    """

    leads_to: InstrumentedAttribute[Any] | None
    where: ColumnElement[bool]
    order: Order

    def narrowed(self, statement: Summaries) -> Summaries:
        """A statement about posts, for those of this source."""
        return statement if self.leads_to is None else statement.join(self.leads_to).where(self.where)


class Part(NamedTuple):
    """A part of all posts: where they are found, and the values that are asked for."""

    source: Source
    values: Mapping[str, Any]


HAS_TAG = PostTagAssociation.tag_id == bindparam("tag_id", type_=Key)
IS_AUTHOR = UserPostAssociation.user_id == bindparam("author_id", type_=Key)
BY_PUBLICATION = Order(Post.published_at, Post.id, "published_at")
BY_CHANGE = Order(Post.updated_at, Post.id, "updated_at")
OF_TAG = Order(PostTagAssociation.listed_at, PostTagAssociation.post_id, "published_at")
OF_AUTHOR = Order(UserPostAssociation.listed_at, UserPostAssociation.post_id, "published_at")
OF_AUTHOR_BY_CHANGE = Order(UserPostAssociation.changed_at, UserPostAssociation.post_id, "updated_at")
EVERYWHERE: ColumnElement[bool] = true()
EVERYTHING = Part(Source(None, EVERYWHERE, BY_PUBLICATION), {})
CHANGED = Part(Source(None, EVERYWHERE, BY_CHANGE), {})
TAGGED = Source(Post.rel_tag_associations, HAS_TAG, OF_TAG)
WRITTEN = Source(Post.rel_user_associations, IS_AUTHOR, OF_AUTHOR)
CHANGED_BY_AUTHOR = Source(Post.rel_user_associations, IS_AUTHOR, OF_AUTHOR_BY_CHANGE)


def in_tag(tag_id: int) -> Part:
    """The posts with a tag."""
    return Part(TAGGED, {"tag_id": tag_id})


def written_by(user_id: int) -> Part:
    """The posts of an author, by publication."""
    return Part(WRITTEN, {"author_id": user_id})


def changed_by(user_id: int) -> Part:
    """The posts of an author, by their last change."""
    return Part(CHANGED_BY_AUTHOR, {"author_id": user_id})


@cache
def narrowed(statement: Summaries, source: Source, where: ColumnElement[bool] = EVERYWHERE) -> Summaries:
    """The statement for a source and a condition. All must be built once, for what comes of them is kept."""
    return source.narrowed(statement).where(where)


@cache
def from_key(statement: Summaries, order: Order, limit: int, *, is_first: bool) -> Summaries:
    """The statement in the order of lists, with the key's values as `key_values` names them. It must be built once."""
    statement = statement.order_by(order.moment.desc(), order.post_id.desc()).limit(limit)
    # The first condition follows from the second, and is one that every database finds the place in an index by.
    return statement if is_first else statement.where(order.moment <= BEFORE, tuple_(order.moment, order.post_id) < KEY)


def key_values(now: datetime, before: Cursor | None) -> dict[str, Any]:
    """What a page that begins after this key is asked for with."""
    if before is None:
        return {"now": now, "until": now}
    return {"now": now, "until": min(now, before.moment), "before_moment": before.moment, "before_id": before.id}


def newest(statement: Summaries, moment: MomentColumn, before: Cursor | None) -> Summaries:
    """The statement in the order of lists, from a key on: newest first by the given moment."""
    statement = statement.order_by(moment.desc(), Post.id.desc())
    if before is None:
        return statement
    key = tuple_(literal(before.moment, UTCDateTime), literal(before.id))
    return statement.where(moment <= before.moment, tuple_(moment, Post.id) < key)
