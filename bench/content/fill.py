"""Makes a blog in an SQLite file: tables by the migrations, rows in bulk, and then what the application derives.

Into PostgreSQL it is copied from there, so that both are asked for the very same rows.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Select, Table, create_engine, select
from sqlalchemy.pool import NullPool

from bench.content import PASSWORD, bulk, people
from bench.content.posts import (
    BYLINE_COLUMNS,
    COMMENT_COLUMNS,
    POST_COLUMNS,
    SLUG_COLUMNS,
    TAGGED_COLUMNS,
    PostMaker,
)
from web.accounts.passwords import Passwords
from web.cli import main
from web.database import Base, Database, schema

BATCH = 10_000
# Commands that make what is kept beside the posts. What this version of Colophon does not have is left out.
DERIVED = [("lists", "rebuild"), ("search", "rebuild")]


def fill(path: Path, posts: int) -> None:
    """Make a blog in a new file with that many published posts and all that hangs from them."""
    url = f"sqlite:///{path}"
    _migrate(url)
    with bulk.SQLite.opened(path) as rows:
        rows.add("user", people.USER_COLUMNS, people.people(Passwords().hash(PASSWORD)))
        rows.add("tag", people.TAG_COLUMNS, people.tags())
        _add_posts(rows, posts)
    for command in filter(is_known, DERIVED):
        _run(command, url)


def copy(path: Path, url: str) -> None:
    """Make the blog of an SQLite file in the empty PostgreSQL database at the URL."""
    _migrate(url)
    source = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with bulk.PostgreSQL.opened(url) as rows, source.connect() as connection:
        for table in Base.metadata.sorted_tables:
            # What the migrations put there is there already.
            if rows.is_empty(table.name):
                found = connection.execution_options(yield_per=BATCH).execute(_in_order(table))
                rows.add(table.name, table.columns.keys(), (tuple(row) for row in found))
    source.dispose()


def is_known(command: tuple[str, ...]) -> bool:
    """Whether `colophon` has this command."""
    found: click.Command | None = main
    for word in command:
        found = found.commands.get(word) if isinstance(found, click.Group) else None
    return found is not None


def _migrate(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.close()


def _in_order(table: Table) -> Select[*tuple[Any, ...]]:
    # Rows that speak of others of their table come behind them.
    return select(table).order_by(*table.primary_key.columns)


def _add_posts(rows: bulk.SQLite, posts: int) -> None:
    maker = PostMaker(posts)
    for first in range(1, posts + 1, BATCH):
        made = maker.batch(first, min(first + BATCH - 1, posts))
        rows.add("post", POST_COLUMNS, made.posts)
        rows.add("slug", SLUG_COLUMNS, made.slugs)
        rows.add("user_post_association", BYLINE_COLUMNS, made.bylines)
        rows.add("post_tag_association", TAGGED_COLUMNS, made.tagged)
        rows.add("comment", COMMENT_COLUMNS, made.comments)


def _run(command: tuple[str, ...], url: str) -> None:
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "COLOPHON_DATA": data, "COLOPHON_DATABASE_URL": url}
        subprocess.run([sys.executable, "-m", "web", *command], check=True, env=environment)
