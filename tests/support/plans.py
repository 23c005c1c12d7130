"""How a database would find the rows of a statement."""

from collections.abc import Callable

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from web.database import Database

Seen = list[tuple[str, object]]
FOR_ALL_VALUES = "plan_cache_mode = force_generic_plan"


def plan_of(session: Session, statement: str, parameters: object) -> str:
    """How the database would find the rows."""
    connection = session.connection()
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    rows = connection.exec_driver_sql(explain + statement, parameters)  # type: ignore[arg-type]
    if connection.dialect.name == "mariadb":
        # It also names the indexes that it thought of.
        return "\n".join(f"{row.table} {row.type} {row.key} {row.Extra}" for row in rows)
    return "\n".join(str(row) for row in rows)


def sorts(plan: str) -> bool:
    """Whether the posts are sorted: in the words of SQLite, MariaDB and PostgreSQL, which may sort a few authors."""
    in_vain = ["B-TREE" in plan, "filesort" in plan]
    return any(in_vain) or any("Sort Key" in line and "published_at" in line for line in plan.splitlines())


def statements_of(database: Database, session: Session, read: Callable[[Session], object]) -> Seen:
    """The statements that it takes to read something, with their values."""
    seen: Seen = []

    def remember(_c: Connection, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        seen.append((statement, parameters))

    if database.dialect == "postgresql":
        # Small tables are read whole and sorted: what is asked here is whether that could be avoided.
        for option in ("enable_seqscan = off", "enable_bitmapscan = off", "enable_sort = off", FOR_ALL_VALUES):
            session.connection().exec_driver_sql(f"SET LOCAL {option}")
    event.listen(database.engine, "before_cursor_execute", remember)
    read(session)
    event.remove(database.engine, "before_cursor_execute", remember)
    return seen
