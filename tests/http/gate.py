"""A gate before a database server: shut it, and the database is gone; open it, and it is back."""

import contextlib
import socket
import threading

from sqlalchemy import URL, make_url


class Gate:
    """Forwards a port of this machine to the server of a URL while it is open. `url` leads through the gate."""

    def __init__(self, url: str | URL) -> None:
        self.target = make_url(url)
        self._listener: socket.socket | None = None
        self._open_sockets: list[socket.socket] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    @property
    def url(self) -> URL:
        """The same database, through the gate."""
        outer = self.target.set(host="127.0.0.1", port=self.port)
        return outer.difference_update_query(["host", "port", "unix_socket"])

    def open(self) -> None:
        """Let everybody through."""
        listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def shut(self) -> None:
        """Let nobody through, and cut off whoever is inside."""
        if self._listener is not None:
            for found in [self._listener, *self._open_sockets]:
                # Closing alone would not wake a thread that waits for it.
                with contextlib.suppress(OSError):
                    found.shutdown(socket.SHUT_RDWR)
                found.close()
        self._listener, self._open_sockets = None, []

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = self._connect()
                self._open_sockets += [client, server]
                for source, sink in ((client, server), (server, client)):
                    threading.Thread(target=_pump, args=(source, sink), daemon=True).start()

    def _connect(self) -> socket.socket:
        query, is_mariadb = self.target.query, self.target.get_backend_name() == "mariadb"
        host = self.target.host or str(query.get("unix_socket", query.get("host", "127.0.0.1")))
        port = self.target.port or (3306 if is_mariadb else 5432)
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(host if is_mariadb else f"{host}/.s.PGSQL.{port}")
        return server


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
