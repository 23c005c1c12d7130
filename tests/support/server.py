"""The real server as a process of its own, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from types import TracebackType

import httpx2

from web.settings import Settings

PATIENCE_SECONDS = 30


class Server:
    """`with Server(settings) as server:` serves until the end of the block; `server.url` is where."""

    def __init__(self, settings: Settings, environment: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | environment_of(settings) | dict(environment or {})
        self.process: subprocess.Popen[str] | None = None
        # A file, because a pipe that nobody reads would fill up and stop the server.
        self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by __exit__, or with the test's process

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop(signal.SIGTERM)
        self.output.close()

    def start(self) -> None:
        """Start the process and wait until it answers. Fails with its output when it does not."""
        command = [sys.executable, "-m", "web", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=self.output, stderr=subprocess.STDOUT, text=True
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not start:\n{self.stop(signal.SIGKILL)}")
            time.sleep(0.05)

    def stop(self, signal_number: int) -> str:
        """End the process and return what it printed; SIGKILL gives it no chance to tidy up."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal_number)
        self.process.wait(timeout=PATIENCE_SECONDS)
        self.output.seek(0)
        return self.output.read()

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/healthz", timeout=2).status_code == 200
        except httpx2.TransportError:
            return False


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as the environment variables that a process reads."""
    given = settings.model_dump(include=settings.model_fields_set)
    return {f"COLOPHON_{name.upper()}": str(value) for name, value in given.items()}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
