"""Looks at what is really stored, in a session of its own."""

from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.sql.base import ExecutableOption

from web.database import Base, Database

Model = TypeVar("Model", bound=Base)


class Read:
    """`read(Post, post.id)` is the stored row or None, `read.all(Comment)` every row."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __call__(self, model: type[Model], key: Any, *options: ExecutableOption) -> Model | None:
        """One row by its key, fresh from the database; options load what hangs from it."""
        with self.database.session(read_only=True) as session:
            return session.get(model, key, options=options)

    def all(self, model: type[Model], *options: ExecutableOption) -> list[Model]:
        """All rows in the order of their keys."""
        with self.database.session(read_only=True) as session:
            statement = select(model).options(*options).order_by(*inspect(model).primary_key)
            return list(session.scalars(statement).unique())

    def count(self, model: type[Base]) -> int:
        """How many rows there are."""
        return len(self.all(model))
