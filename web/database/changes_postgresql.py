"""PostgreSQL tells its listeners: each transaction that wrote sends a notification with its commit.

The notification is sent in the same transaction, so there is none without a commit and no commit without one.
"""

import logging
import select
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, cast

import psycopg
from sqlalchemy import URL, Connection, Engine, event

logger = logging.getLogger("colophon.database")

CHANNEL = "colophon_changes"
WROTE = "wrote something"
# How often a silent connection is asked whether it still lives, and for how long its silence is believed.
HEARTBEAT_SECONDS = 1.0
BELIEVED_SECONDS = 3.0
RETRY_SECONDS = 1.0
LOOK_MILLISECONDS = 200

# psycopg's connection has a type parameter that is of no interest here.
Listening = psycopg.Connection[tuple[object, ...]]


def announce(engine: Engine) -> None:
    """Let every transaction of this engine that wrote something tell the listeners when it commits."""
    event.listen(engine, "before_cursor_execute", _note_write)
    event.listen(engine, "commit", _notify)
    event.listen(engine, "rollback", _forget)


class PostgresqlChanges:
    """A connection that listens, in a thread of its own, and the commits of this process besides.

    What this process commits counts at once, before anybody is told of it: see `bump`.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._lock = Lock()
        self._version = 0
        self._listener: _Listener | None = None

    def version(self) -> int | None:
        """The number, or None while the listener is not connected or has not caught up."""
        listener = self._listener or self._start()
        return self._version if listener.is_up_to_date() else None

    def bump(self) -> None:
        """Something was committed."""
        with self._lock:
            self._version += 1

    def close(self) -> None:
        """End the thread and its connection."""
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.stop()

    def _start(self) -> "_Listener":
        with self._lock:
            if self._listener is None:
                self._listener = _Listener(self._url, self.bump)
                self._listener.start()
            return self._listener


class _Listener(Thread):
    """Waits for notifications. Whatever was missed while it was not connected counts as one."""

    def __init__(self, url: URL, on_change: Callable[[], None]) -> None:
        super().__init__(name="colophon-changes", daemon=True)
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._on_change = on_change
        self._stopped = Event()
        # What others look at. Each thread has a poll object of its own: one cannot be asked by two.
        self._unread: select.poll | None = None
        self._is_reading = True
        self._asked_at = self._believed_until = 0.0

    def is_up_to_date(self) -> bool:
        """Whether nothing waits to be read, and the connection has shown lately that it lives."""
        unread = self._unread
        # In this order: the mark stands from before the socket is emptied until what was read has counted.
        return unread is not None and not unread.poll(0) and not self._is_reading and monotonic() < self._believed_until

    def stop(self) -> None:
        """End the thread and its connection."""
        self._stopped.set()
        self.join()

    def run(self) -> None:
        """Listen until stopped, over as many connections as it takes."""
        while not self._stopped.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
                    self._listen(connection)
            except (psycopg.Error, OSError) as error:
                if not self._stopped.is_set():
                    logger.warning("not told of other processes' changes: %s", str(error).strip())
            finally:
                self._unread, self._is_reading = None, True
            self._stopped.wait(RETRY_SECONDS)

    def _listen(self, connection: Listening) -> None:
        connection.add_notify_handler(lambda _notification: self._on_change())
        connection.execute(f"LISTEN {CHANNEL}")
        self._on_change()
        self._read(connection)
        self._unread = _poll(connection)
        arrived = _poll(connection)
        while not self._stopped.is_set():
            if (
                arrived.poll(LOOK_MILLISECONDS)
                or monotonic() > self._believed_until - BELIEVED_SECONDS + HEARTBEAT_SECONDS
            ):
                self._read(connection)

    def _read(self, connection: Listening) -> None:
        self._is_reading = True
        self._asked_at = monotonic()
        # A question without words: its answer comes behind all notifications that were sent before it.
        connection.execute("")
        self._believed_until = self._asked_at + BELIEVED_SECONDS
        self._is_reading = False


def _poll(connection: Listening) -> select.poll:
    made = select.poll()
    made.register(connection.fileno(), select.POLLIN)
    return made


def _note_write(connection: Connection, _cursor: Any, statement: str, *_others: Any) -> None:
    if not statement.startswith("SELECT"):
        connection.info[WROTE] = True


def _notify(connection: Connection) -> None:
    # On the driver's connection, as BEGIN and COMMIT are. One that was lost has nothing to commit.
    if not connection.invalidated and connection.info.pop(WROTE, False):
        cast(Listening, connection.connection.dbapi_connection).execute(f"NOTIFY {CHANNEL}")


def _forget(connection: Connection) -> None:
    if not connection.invalidated:
        connection.info.pop(WROTE, None)
