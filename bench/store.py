"""Content that was made once is kept: files in .cache/bench, and databases on the PostgreSQL server."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from bench.content.fill import copy, fill
from tests.support.postgresql import execute
from web.database import schema
from web.html.markdown import RENDERER_VERSION

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "bench"
Say = Callable[[str], None]


def key() -> str:
    """Changes with everything that the content depends on: the schema, the renderer, what makes the content."""
    digest = blake2b(f"{schema.newest_revision()} {RENDERER_VERSION}".encode(), digest_size=6)
    for path in sorted((ROOT / "bench" / "content").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def sqlite_copy(posts: int, folder: Path, say: Say, cache: Path = CACHE) -> Iterator[str]:
    """The URL of an SQLite file in the folder with that many posts, of which everything may be changed."""
    copied = folder / "blog.sqlite3"
    shutil.copyfile(_made(posts, say, cache), copied)
    yield f"sqlite:///{copied}"


@contextmanager
def postgresql_copy(server: str, posts: int, say: Say, cache: Path = CACHE) -> Iterator[str]:
    """The URL of a database with that many posts on the server at that URL; it is dropped at the end."""
    # Several checkouts may use one server.
    prefix = f"colophon_bench_{blake2b(bytes(ROOT), digest_size=4).hexdigest()}_{posts}_"
    kept = prefix + key()
    if kept not in _databases(server):
        made = _made(posts, say, cache)
        say(f"Copying {posts:,} posts into PostgreSQL; they are kept there as {kept}")
        for name in _databases(server):
            if name.startswith(prefix):
                execute(server, f'DROP DATABASE "{name}"')
        execute(server, f'CREATE DATABASE "{prefix}unfinished"')
        copy(made, _at(server, f"{prefix}unfinished"))
        execute(server, f'ALTER DATABASE "{prefix}unfinished" RENAME TO "{kept}"')
    name = f"{prefix}run_{secrets.token_hex(4)}"
    execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{kept}" STRATEGY FILE_COPY')
    try:
        yield _at(server, name)
    finally:
        execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _made(posts: int, say: Say, cache: Path) -> Path:
    kept = cache / f"{posts}-{key()}.sqlite3"
    if not kept.exists():
        say(f"Making {posts:,} posts; they are kept in {cache}")
        cache.mkdir(parents=True, exist_ok=True)
        _forget(cache.glob(f"{posts}-*"))
        unfinished = kept.with_suffix(".unfinished")
        fill(unfinished, posts)
        unfinished.rename(kept)
    return kept


def _forget(paths: Iterator[Path]) -> None:
    for path in paths:
        path.unlink()


def _databases(server: str) -> list[str]:
    engine = create_engine(server, poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT datname FROM pg_database")))


def _at(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
