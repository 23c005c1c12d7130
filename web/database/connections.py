"""The open connections of an engine, so that those who wait on a silent server can be freed."""

import os
import socket
from contextlib import suppress
from threading import Lock
from typing import Any
from weakref import WeakSet

import psycopg
from sqlalchemy import Engine, event


class OpenConnections:
    """Knows all connections that an engine has made to a PostgreSQL server."""

    def __init__(self, engine: Engine) -> None:
        self._open: WeakSet[psycopg.Connection[object]] = WeakSet()
        self._lock = Lock()
        event.listen(engine, "connect", self._add)

    def hang_up(self) -> None:
        """Cut all of them. A thread that waits for an answer gets an error at once instead."""
        with self._lock:
            found = list(self._open)
            self._open.clear()
        for connection in found:
            # Closed ones, and those that are being closed at this moment, need nothing.
            with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)

    def _add(self, connection: "psycopg.Connection[object]", _record: Any) -> None:
        with self._lock:
            self._open.add(connection)
