"""How lists of posts are asked for: built once for each kind of list, narrowed, and read page by page from a key on."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, bindparam, literal, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from web.database import UTCDateTime
from web.database.types import Key
from web.models.post import Post
from web.posts.cursor import Cursor

Summaries = Select[*tuple[Any, ...]]
MomentColumn = InstrumentedAttribute[Any]

NOW = cast(datetime, bindparam("now", type_=UTCDateTime))
BEFORE = bindparam("before_moment", type_=UTCDateTime)
KEY = tuple_(BEFORE, bindparam("before_id", type_=Key))


class Part(NamedTuple):
    """A part of all posts: a condition that is built once, and the values that it holds."""

    where: ColumnElement[bool]
    values: Mapping[str, int]


EVERYTHING = Part(true(), {})


@cache
def narrowed(statement: Summaries, where: ColumnElement[bool]) -> Summaries:
    """The statement for a part. Both must be built once, for what comes of them is kept."""
    return statement.where(where)


@cache
def from_key(statement: Summaries, moment: MomentColumn, limit: int, *, is_first: bool) -> Summaries:
    """The statement in the order of lists, with the key's values as `key_values` names them. It must be built once."""
    statement = statement.order_by(moment.desc(), Post.id.desc()).limit(limit)
    # The first condition follows from the second, and is one that every database finds the place in an index by.
    return statement if is_first else statement.where(moment <= BEFORE, tuple_(moment, Post.id) < KEY)


def key_values(before: Cursor | None) -> dict[str, Any]:
    """What a page that begins after this key is asked for with."""
    return {} if before is None else {"before_moment": before.moment, "before_id": before.id}


def newest(statement: Summaries, moment: MomentColumn, before: Cursor | None) -> Summaries:
    """The statement in the order of lists, from a key on: newest first by the given moment."""
    statement = statement.order_by(moment.desc(), Post.id.desc())
    if before is None:
        return statement
    key = tuple_(literal(before.moment, UTCDateTime), literal(before.id))
    return statement.where(moment <= before.moment, tuple_(moment, Post.id) < key)
