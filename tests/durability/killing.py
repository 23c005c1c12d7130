"""Lets several write at the same moment, and kills the server under them."""

import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

from tests.support.reading import Read
from tests.support.server import Server
from web.database import Database
from web.models.post import Post
from web.models.slug import Slug
from web.settings import Settings

# What one of several writers does until the server is gone: it gets the server's address, its own number, a list to
# put acknowledged things into, and an event to set when that is enough.
Writer = Callable[[str, int, list[str], threading.Event], None]


def write_and_kill(settings: Settings, write: Writer, writers: int) -> list[str]:
    """Start the server, let them write, kill it as soon as one of them has had enough. Returns what it acknowledged."""
    acknowledged: list[str] = []
    enough = threading.Event()
    server = Server(settings)
    server.start()
    threads = [
        threading.Thread(target=write, args=(server.url, number, acknowledged, enough)) for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    assert enough.wait(timeout=60)
    server.stop(signal.SIGKILL)
    server.output.close()
    for thread in threads:
        thread.join()
    return acknowledged


def check_integrity(database: Database, read: Read) -> None:
    """Fail when the file is damaged, or anything is half there: each post that was stored has its address."""
    assert {row.slug for row in read.all(Slug)} == {post.slug for post in read.all(Post)}
    if database.dialect == "sqlite":
        with closing(sqlite3.connect(str(database.url.database))) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
