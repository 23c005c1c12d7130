"""Indexes that not every database spells alike."""

from typing import Any

from sqlalchemy import text


def only_where(condition: str) -> dict[str, Any]:
    """Options of an Index that covers only the rows for which the condition holds, where the database can."""
    clause = text(condition)
    return {"sqlite_where": clause, "postgresql_where": clause}
