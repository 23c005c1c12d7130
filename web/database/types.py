"""Column types that behave alike on every database."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
Key = BigInteger().with_variant(Integer(), "sqlite")


def ByteString(length: int) -> String:  # noqa: N802 - stands where types stand
    """A text that sorts by its characters' numbers everywhere, so that what begins alike stands together."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in time. Takes and returns aware datetimes; what is stored is UTC.

    Raises ValueError for a naive datetime, because its moment is anybody's guess.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
