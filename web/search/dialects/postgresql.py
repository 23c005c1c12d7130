"""Search in PostgreSQL: a generated `tsvector` of the words, with a GIN index over it.

Such an index knows no order and always gives all hits, which for a common word are most of a million. So it is asked
for stretches, from the newest to the oldest: everything carries marks that say in which stretches of 512, 4,096 … it
lies, and the index is quick to say what has both a common word and a rare mark. The parts of the UNION run one after
the other, and none after enough has been found.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, literal_column, select, union_all
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from web.database.rows import write_rows
from web.search import labels
from web.search.indexes import Index, Row
from web.search.wanted import Wanted


def put(session: Session, index: Index, rows: Sequence[Row]) -> None:
    """Store words and marks in the place of what was there."""
    write_rows(session, _put(index), rows)


@cache
def _put(index: Index) -> Any:
    statement = postgresql.insert(index.model)
    changed = {"words": statement.excluded.words, "labels": statement.excluded.labels}
    return statement.on_conflict_do_update(index_elements=[index.key.key], set_=changed)


@cache
def add_missing(model: type[Any]) -> Any:
    """An INSERT that leaves alone what is there already."""
    return postgresql.insert(model).on_conflict_do_nothing()


def matching(index: Index, wanted: Wanted) -> ColumnElement[bool]:
    """A condition for the hits, in whatever order."""
    vector: ColumnElement[Any] = literal_column(f"{index.table}.search_vector", TSVECTOR)
    return vector.op("@@", is_comparison=True)(literal(_query(wanted)).cast(TSQUERY))


def newest(
    session: Session, statement: Select[int], index: Index, wanted: Wanted, highest: int, limit: int
) -> list[int]:
    """The keys of the newest hits, from `highest` down."""
    parts: list[Select[Any]] = []
    for bits in labels.STRETCHES:
        number = highest >> bits
        marks = (labels.of_stretch(bits, number), labels.of_stretch(bits, number - 1))
        lowest = (number - 1) << bits
        parts.append(_part(statement, index, wanted.and_one_of(marks), (lowest, highest), limit))
        highest = lowest - 1
        if highest < 0:
            break
    else:
        parts.append(_part(statement, index, wanted, (0, highest), limit))
    return list(session.scalars(select(union_all(*parts).subquery()).limit(limit)))


def is_in_step(session: Session, index: Index) -> bool:  # noqa: ARG001 - another engine needs them
    """Always: what is generated is stored with its row."""
    return True


def rebuild(session: Session, index: Index) -> None:
    """Nothing: what is generated is stored with its row."""


def _part(statement: Select[int], index: Index, wanted: Wanted, between: tuple[int, int], limit: int) -> Select[Any]:
    # Not the key itself: in its order the whole table would be walked, or all keys between the two be collected.
    key = index.key + 0
    narrowed = statement.where(matching(index, wanted), key.between(*between))
    ordered = narrowed.order_by(key.desc()).limit(limit).subquery()
    return select(ordered)


def _query(wanted: Wanted) -> str:
    needed = " & ".join(f"({_one_of(group)})" for group in wanted.needed)
    return f"{needed} & !({_one_of(wanted.without)})" if wanted.without else needed


def _one_of(words: frozenset[str]) -> str:
    return " | ".join(f"'{word}'" for word in sorted(words))
