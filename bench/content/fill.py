"""Fills an empty database: tables by the migrations, rows in bulk, and then what the application derives from them."""

import os
import subprocess
import sys
import tempfile

import click

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
from web.database import Database, schema

BATCH = 10_000
# Commands that make what is kept beside the posts. What this version of Colophon does not have is left out.
DERIVED = [("lists", "rebuild"), ("search", "rebuild")]


def fill(url: str, posts: int) -> None:
    """Migrate the database at the URL and add that many published posts with all that hangs from them."""
    database = Database(url)
    schema.upgrade(database)
    database.close()
    with bulk.opened(url) as rows:
        rows.add("user", people.USER_COLUMNS, people.people(Passwords().hash(PASSWORD)))
        rows.add("tag", people.TAG_COLUMNS, people.tags())
        _add_posts(rows, posts)
        rows.finish()
    for command in filter(is_known, DERIVED):
        _run(command, url)
    with bulk.opened(url) as rows:
        rows.tidy()


def is_known(command: tuple[str, ...]) -> bool:
    """Whether `colophon` has this command."""
    found: click.Command | None = main
    for word in command:
        found = found.commands.get(word) if isinstance(found, click.Group) else None
    return found is not None


def _add_posts(rows: bulk.Bulk, posts: int) -> None:
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
