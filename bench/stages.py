"""Blogs of different sizes, each a database of its own that may be written to, with the servers on it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select, table
from sqlalchemy.sql import column

from bench import servers, store
from bench.accounts import readers, sign_in
from bench.content import USERNAME
from bench.process import Server
from bench.rows import CLIENTS_THAT_WRITE
from bench.servers import Variant
from tests.support.postgresql import postgres_server
from web.database import Database


class Stage:
    """One blog. Each server on it is started when it is first asked for, and ends with the stage."""

    def __init__(self, kind: str, posts: int, url: str, folder: Path, stack: ExitStack) -> None:
        self.kind, self.posts, self.url, self.folder, self.stack = kind, posts, url, folder, stack
        self.database = Database(url)
        stack.callback(self.database.close)
        self._servers: dict[Variant, Server] = {}

    def server(self, variant: Variant) -> Server:
        """The blog's server in this variant."""
        if variant not in self._servers:
            started = servers.colophon(variant, self.url, self.folder)
            self._servers[variant] = self.stack.enter_context(started)
        return self._servers[variant]

    @cached_property
    def cookie(self) -> str:
        """The owner's, good on all servers of the stage."""
        return sign_in(self._any_address(), USERNAME)

    @cached_property
    def readers(self) -> list[str]:
        """The cookies of those who write comments."""
        return [sign_in(self._any_address(), name) for name in readers(CLIENTS_THAT_WRITE)]

    def last_key(self, name: str) -> int:
        """The highest number in a table."""
        with self.database.session(read_only=True) as session:
            return session.scalar(select(func.max(column("id"))).select_from(table(name))) or 0

    def stored_since(self, name: str, key: int) -> int:
        """How many rows a table got after the one with that number."""
        with self.database.session(read_only=True) as session:
            counted = select(func.count()).select_from(table(name)).where(column("id") > key)
            return session.scalar(counted) or 0

    def _any_address(self) -> str:
        started = next(iter(self._servers.values()), None) or self.server(servers.ONE)
        return started.address


class Stages:
    """The stages on one kind of database, made when they are first asked for."""

    def __init__(self, kind: str, stack: ExitStack, say: Callable[[str], None]) -> None:
        self.kind, self.say, self._stack = kind, say, stack
        self._stages: dict[int, Stage] = {}
        self._postgresql = stack.enter_context(postgres_server()) if kind == "postgresql" else ""

    def at(self, posts: int) -> Stage:
        """The blog with so many posts."""
        if posts not in self._stages:
            store.CACHE.mkdir(parents=True, exist_ok=True)
            made = tempfile.TemporaryDirectory(prefix="run-", dir=store.CACHE)
            folder = Path(self._stack.enter_context(made))
            copied = (
                store.postgresql_copy(self._postgresql, posts, self.say)
                if self._postgresql
                else store.sqlite_copy(posts, folder, self.say)
            )
            url = self._stack.enter_context(copied)
            self._stages[posts] = Stage(self.kind, posts, url, folder, self._stack)
        return self._stages[posts]


@contextmanager
def stages(kind: str, say: Callable[[str], None]) -> Iterator[Stages]:
    """Stages on that database until the end of the block."""
    with ExitStack() as stack:
        yield Stages(kind, stack, say)
