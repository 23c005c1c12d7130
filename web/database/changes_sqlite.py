"""SQLite counts the commits of all other connections: a connection that never writes asks for the number."""

import sqlite3
from pathlib import Path
from threading import Lock


class SqliteChanges:
    """`PRAGMA data_version` on a connection kept for it: three microseconds, no look at the file.

    The number says nothing to any other connection, and starts anew with each; `_epoch` keeps numbers of an
    earlier connection apart.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._cursor: sqlite3.Cursor | None = None
        self._epoch = 0

    def version(self) -> int | None:
        """The number, or None while the file cannot be read."""
        try:
            with self._lock:
                cursor = self._cursor or self._open()
                return self._epoch + int(cursor.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            self.close()
            return None

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            cursor, self._cursor = self._cursor, None
        if cursor is not None:
            cursor.connection.close()

    def _open(self) -> sqlite3.Cursor:
        # Without a timeout: whoever asks is the event loop, which must not wait. It makes no file of its own.
        connection = sqlite3.connect(
            f"{self._path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
        )
        self._cursor = connection.cursor()
        # More commits than this one connection can ever see.
        self._epoch += 1 << 40
        return self._cursor
