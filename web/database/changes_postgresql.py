"""PostgreSQL tells its listeners: each transaction that wrote sends a notification with its commit.

A trigger on every table sends it (migration 0013) in the same transaction, so there is none without a commit and no
commit without one, also where something else than Colophon writes: psql, or a script.
"""

import logging
import select
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from web.database.siblings import Siblings

logger = logging.getLogger("colophon.database")

CHANNEL = "colophon_changes"
RETRY_SECONDS = 1.0
PROOF_SECONDS = 5.0
# The kernel asks a silent server each second whether it is still there, and gives up after three.
LIVELINESS = {
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 3000,
}
LOOK_MILLISECONDS = 200

# psycopg's connection has a type parameter that is of no interest here.
Listening = psycopg.Connection[tuple[object, ...]]


class PostgresqlChanges:
    """A connection that listens, in a thread of its own, and the commits of this process and its siblings besides.

    What any of these commits counts at once, before anybody is told of it: see `bump`.
    """

    def __init__(self, url: URL, siblings: Siblings) -> None:
        self._url = url
        self._siblings = siblings
        self._lock = Lock()
        self._version = 0
        # When the newest change became known, by this machine's monotonic clock.
        self.changed_at = monotonic()
        self._listener: _Listener | None = None

    def version(self) -> int | None:
        """The number, or None while the listener is not connected or has not caught up."""
        listener = self._listener or self._start()
        return self._version ^ self._siblings.mark if listener.is_up_to_date() else None

    def bump(self) -> None:
        """Something was committed by this process."""
        self._siblings.bump()
        self._note()

    def _note(self) -> None:
        with self._lock:
            self._version += 1
            self.changed_at = monotonic()

    def close(self) -> None:
        """End the thread and its connection."""
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is not None:
            listener.stop()

    def _start(self) -> "_Listener":
        with self._lock:
            if self._listener is None:
                self._listener = _Listener(self._url, self._note)
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
        self._is_reading = False

    def is_up_to_date(self) -> bool:
        """Whether it is connected and nothing waits to be read."""
        unread = self._unread
        # In this order: the mark stands from before the socket is emptied until what was read has counted.
        return unread is not None and not unread.poll(0) and not self._is_reading

    def stop(self) -> None:
        """End the thread and its connection."""
        self._stopped.set()
        self.join()

    def run(self) -> None:
        """Listen until stopped, over as many connections as it takes."""
        while not self._stopped.is_set():
            try:
                with self._connection() as connection:
                    self._listen(connection)
            except (psycopg.Error, OSError) as error:
                if not self._stopped.is_set():
                    logger.warning("not told of other processes' changes: %s", str(error).strip())
            finally:
                self._unread = None
            self._stopped.wait(RETRY_SECONDS)

    def _connection(self) -> Listening:
        return psycopg.connect(make_conninfo(self._url, **LIVELINESS), autocommit=True, connect_timeout=5)

    def _listen(self, connection: Listening) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self._make_sure(connection)
        connection.add_notify_handler(lambda _notification: self._on_change())
        self._on_change()
        self._read(connection)
        self._unread, arrived = _poll(connection), _poll(connection)
        while not self._stopped.is_set():
            if arrived.poll(LOOK_MILLISECONDS):
                self._read(connection)

    def _make_sure(self, connection: Listening) -> None:
        # A pooler may stand between, and lend each statement another connection: then nothing would ever arrive.
        with self._connection() as other:
            other.execute(f"NOTIFY {CHANNEL}")
        if not list(connection.notifies(timeout=PROOF_SECONDS, stop_after=1)):
            raise OSError("notifications do not arrive; is there a pooler between that shares connections?")

    def _read(self, connection: Listening) -> None:
        self._is_reading = True
        # A question without words: its answer comes behind all notifications that were sent before it.
        connection.execute("")
        self._is_reading = False


def _poll(connection: Listening) -> select.poll:
    made = select.poll()
    made.register(connection.fileno(), select.POLLIN)
    return made
