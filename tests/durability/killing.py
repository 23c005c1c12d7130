"""Lets several write at the same moment, and kills the server under them."""

import signal
import threading
from collections.abc import Callable

from tests.support.server import Server
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
