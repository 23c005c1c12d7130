"""Locks of single rows, alike on every database."""

from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

AnySelect = TypeVar("AnySelect", bound=Select[*tuple[Any, ...]])


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
