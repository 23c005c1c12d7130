"""What those who write at the same moment are kept from, alike on every database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

AnySelect = TypeVar("AnySelect", bound=Select[*tuple[Any, ...]])

# How PostgreSQL and MariaDB say that writers wait for each other in a circle. MariaDB leaves nothing of the
# transaction that it ends, so that going back to a savepoint fails, and that is the error which is raised.
CIRCLE_STATE, CIRCLE_CODE, NO_SAVEPOINT_CODE = "40P01", 1213, 1305


def is_circle(error: DBAPIError) -> bool:
    """Whether the database ended the transaction because writers waited for each other: it may be tried once more."""
    raised: BaseException | None = error.orig
    code = raised.args[0] if raised is not None and raised.args else None
    return getattr(raised, "sqlstate", None) == CIRCLE_STATE or code in (CIRCLE_CODE, NO_SAVEPOINT_CODE)


def locking_only(
    session: Session, statement: AnySelect, entity: type[Any], key: int, *, against_removal: bool = False
) -> AnySelect:
    """The statement, made to hold the row of `entity` with this key, and none of the rows joined to it.

    Nobody else changes the row until the unit of work is over; with `against_removal` nobody deletes it, and
    others may hold it likewise. MariaDB knows no `FOR UPDATE OF` and would lock the joined rows too, so that two
    writers with the same authors or tags wait for each other in a circle: there the row is locked first, by a
    statement of its own.
    """
    if session.get_bind().dialect.name != "mariadb":
        return statement.with_for_update(of=entity, read=against_removal, key_share=against_removal)
    session.execute(select(entity.id).where(entity.id == key).with_for_update(read=against_removal))
    return statement


@contextmanager
def in_case_of_a_twin(session: Session) -> Iterator[None]:
    """Store in the block what was looked for and not found: IntegrityError where another transaction was quicker.

    Nothing else of this one is lost then. On SQLite, which lets one transaction write at a time, none can be
    quicker than one that may write already when it looks: the savepoint is spared.
    """
    if session.get_bind().dialect.name == "sqlite":
        yield
        session.flush()
        return
    with session.begin_nested():
        yield
