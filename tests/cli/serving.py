"""`colophon serve` as a process of its own, and what it says."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2

PATIENCE_SECONDS = 60
CHEAP = {"COLOPHON_PASSWORD_MEMORY_KIB": "8", "COLOPHON_PASSWORD_ROUNDS": "1"}


class Server:
    """A running `colophon serve`: what it has said so far, and its address once it has said it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def address(self) -> str:
        return self.wait_for(r"Colophon is at (http://\S+)\n")[1]

    def wait_for(self, pattern: str) -> re.Match[str]:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if found := re.search(pattern, self.said):
                return found
            if self.process.poll() is not None:
                self._reader.join()
            time.sleep(0.02)
        raise AssertionError(f"it never said {pattern!r}:\n{self.said}")

    def ask(self, path: str = "/readyz") -> httpx2.Response:
        """The answer. It listens before it says its address: who asks early waits until it has started."""
        return httpx2.get(self.address + path, timeout=PATIENCE_SECONDS)

    def stop(self, sign: int = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        status = self.process.wait(PATIENCE_SECONDS)
        self._reader.join()
        return status

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line


@contextmanager
def served(environment: dict[str, str], *options: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "web", "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | environment
    ) as process:
        try:
            yield Server(process)
        finally:
            if process.poll() is None:
                process.kill()


Serve = Callable[..., Server]
