"""Waits for what another thread or process does, and fails when it never comes."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 20.0


def wait_for(happened: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Ask again and again until the answer is true."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)
