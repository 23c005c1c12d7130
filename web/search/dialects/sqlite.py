"""Search in SQLite: FTS5 over the table of words, kept in step by triggers.

An FTS5 table walks through its hits from the newest on and stops when enough have been found, so that the commonest
word costs no more than any other. What is not asked of it: positions and ranks, for which it would look at all hits.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TableClause,
    column,
    insert,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from web.database.rows import write_rows
from web.search.indexes import Index, Row
from web.search.wanted import Wanted


def put(session: Session, index: Index, rows: Sequence[Row]) -> None:
    """Store words and marks in the place of what was there."""
    write_rows(session, _put(index), rows)


@cache
def _put(index: Index) -> Any:
    statement = sqlite.insert(index.model)
    changed = {"words": statement.excluded.words, "labels": statement.excluded.labels}
    return statement.on_conflict_do_update(index_elements=[index.key.key], set_=changed)


@cache
def add_missing(model: type[Any]) -> Any:
    """An INSERT that leaves alone what is there already."""
    return sqlite.insert(model).on_conflict_do_nothing()


def matching(index: Index, wanted: Wanted) -> ColumnElement[bool]:
    """A condition for the hits, in whatever order."""
    found = _table(index)
    return index.key.in_(select(found.c.rowid).where(_matches(index, wanted)))


def newest(
    session: Session, statement: Select[int], index: Index, wanted: Wanted, highest: int, limit: int
) -> list[int]:
    """The keys of the newest hits, from `highest` down."""
    found = _table(index)
    narrowed = statement.join(found, found.c.rowid == index.key)
    narrowed = narrowed.where(_matches(index, wanted), found.c.rowid <= highest)
    return list(session.scalars(narrowed.order_by(found.c.rowid.desc()).limit(limit)))


def is_in_step(session: Session, index: Index) -> bool:
    """Whether FTS5 finds what stands in the table, and nothing else."""
    try:
        with session.begin_nested():
            session.execute(_command(index, "integrity-check", rank=1))
    except DatabaseError:
        return False
    return True


def rebuild(session: Session, index: Index) -> None:
    """Let FTS5 read the whole table again, into one piece: each piece costs every word of a question a look."""
    session.execute(_command(index, "rebuild"))
    session.execute(_command(index, "optimize"))


def _table(index: Index) -> TableClause:
    name = f"{index.table}_index"
    return table(name, column("rowid"), column(name), column("rank"))


def _command(index: Index, command: str, **more: Any) -> Any:
    found = _table(index)
    return insert(found).values({found.name: command, **more})


def _matches(index: Index, wanted: Wanted) -> ColumnElement[bool]:
    needed = " AND ".join(f"({_one_of(group)})" for group in wanted.needed)
    unwanted = f" NOT ({_one_of(wanted.without)})" if wanted.without else ""
    name: ColumnElement[str] = literal_column(f"{index.table}_index")
    return name.op("MATCH", is_comparison=True)(literal(f"({needed}){unwanted}"))


def _one_of(words: frozenset[str]) -> str:
    return " OR ".join(f'"{word}"' for word in sorted(words))
