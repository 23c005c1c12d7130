"""`make bench`"""

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click

from bench import content, report
from bench.answers import WrongAnswerError
from bench.comparison import Comparison
from bench.load import Load, find_wrk
from bench.rows import READ_ONLY_POSTS, ROWS
from tests.support.postgresql import fresh_database, postgres_server

DATABASES = ["sqlite", "postgresql"]
NAMES = [row.name for row in ROWS]


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a database that exists as long as the block."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'blog.sqlite3'}"
        return
    with postgres_server() as server, fresh_database(server) as url:
        yield url


@click.command(context_settings={"show_default": True})
@click.option("--database", "databases", type=click.Choice(DATABASES), multiple=True, default=DATABASES)
@click.option("--only", type=click.Choice(NAMES), multiple=True, help="Measure these rows, not all.")
@click.option("--posts", type=click.IntRange(READ_ONLY_POSTS + 1), default=1000, help="Posts in the blog.")
@click.option("--rounds", type=click.IntRange(1), default=3, help="Each figure is the median of so many runs.")
@click.option("--seconds", type=click.IntRange(1), default=3, help="How long each run takes.")
@click.option("--connections", type=click.IntRange(1), default=32, help="Requests under way at once.")
def main(
    databases: tuple[str, ...], only: tuple[str, ...], posts: int, rounds: int, seconds: int, connections: int
) -> None:
    """Compare Colophon, one worker, with a bare ASGI application that answers the same bytes."""
    if find_wrk() is None:
        raise click.ClickException("this needs wrk. On Debian and Ubuntu:  sudo apt install wrk")
    rows = [row for row in ROWS if not only or row.name in only]
    click.echo(
        f"{connections} connections, {rounds} rounds of {seconds} s, {posts:,} posts, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, uvicorn {version('uvicorn')}, one worker each"
    )
    for kind in databases:
        with tempfile.TemporaryDirectory(prefix="colophon-bench-") as name:
            folder = Path(name)
            with empty_database(kind, folder) as url:
                content.fill(url, posts)
                try:
                    results = Comparison(url, folder, posts, Load(seconds, connections)).measure(rows, rounds)
                except (WrongAnswerError, RuntimeError) as error:
                    raise click.ClickException(str(error)) from error
            click.echo(f"\n### {kind}\n\n{report.table(results)}")


if __name__ == "__main__":
    main()
