"""The socket that the server listens on, and the address that people open."""

import socket
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL

import click

# How many connections may wait while the processes are busy.
BACKLOG = 2048
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - names of the choice, not the choice
REASONS = {
    EADDRINUSE: "something else listens there already. Stop it, or choose another port with --port.",
    EACCES: "this user may not listen there. Ports below 1024 are usually reserved.",
    EADDRNOTAVAIL: "this machine has no such address.",
}


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Ends the command with plain words when that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        reason = REASONS.get(error.errno or 0, str(error.strerror or error))
        raise click.ClickException(f"Cannot listen on {host} port {port}: {reason}") from None
    return found


def address_of(listening: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listening.getsockname()[:2]
    shown = EVERYWHERE.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"
