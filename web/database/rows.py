"""Reads and writes plain rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.orm import Session


def read_rows(session: Session, statement: Executable, values: Mapping[str, Any]) -> CursorResult[Any]:
    """Execute a statement that asks for columns, through the session's connection and in its transaction.

    Half the cost of `session.execute`, which prepares itself for model objects. For statements that are built once,
    when a module is imported, with a `bindparam` for each of the values.
    """
    session.flush()
    return session.connection().execute(statement, values)


def write_rows(session: Session, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute an INSERT or UPDATE, built once, for each of the rows: as above, in the same transaction as all else."""
    session.flush()
    session.connection().execute(statement, rows)
