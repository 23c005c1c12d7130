"""Several worker processes that share one socket: the dead are replaced, and one signal ends them all.

They are forked from a process that has imported everything and started no thread: so one begins to serve within
milliseconds, and what all need alike is in memory once.
"""

import gc
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from threading import Thread
from types import FrameType

from uvicorn.config import STARTUP_FAILURE

logger = logging.getLogger("colophon.workers")

SIGNALS = (signal.SIGTERM, signal.SIGINT)
# One that dies right after it was started is not replaced at once: nothing else would be done any more.
SHORT_LIFE_SECONDS = 5.0
PAUSE_SECONDS = 1.0


class Workers:
    """Runs `work` in so many processes at once. It returns when the process gets one of the signals that end it."""

    def __init__(self, number: int, work: Callable[[], None]) -> None:
        self._number = number
        self._work = work
        self._running: dict[ForkProcess, float] = {}
        self._parent = os.getpid()
        self._is_over = False
        self._could_not_start = False

    def run(self) -> bool:
        """Work until a signal comes. False when a worker could not start, which ends the others too."""
        for number in SIGNALS:
            signal.signal(number, self._on_signal)
        # What there is now will not be garbage: the collector need not touch, and thus copy, it in each process.
        gc.freeze()
        for _ in range(self._number):
            self._start()
        while self._running:
            wait([worker.sentinel for worker in self._running])
            for worker in [worker for worker in self._running if worker.exitcode is not None]:
                self._look_at(worker, time.monotonic() - self._running.pop(worker))
        return not self._could_not_start

    def _start(self) -> None:
        worker = multiprocessing.get_context("fork").Process(target=self._be_worker)
        worker.start()
        self._running[worker] = time.monotonic()
        if self._is_over:
            # The signal came in between, and this one has not heard it.
            worker.terminate()

    def _look_at(self, dead: ForkProcess, life_seconds: float) -> None:
        if self._is_over:
            return
        if dead.exitcode == STARTUP_FAILURE:
            self._could_not_start = True
            self._end()
            return
        logger.warning("worker %s died with status %s and is replaced", dead.pid, dead.exitcode)
        if life_seconds < SHORT_LIFE_SECONDS:
            time.sleep(PAUSE_SECONDS)
        if not self._is_over:
            self._start()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if os.getpid() != self._parent:
            # In a worker that has just been born, and has nothing to finish.
            raise SystemExit
        self._end()

    def _end(self) -> None:
        self._is_over = True
        for worker in list(self._running):
            worker.terminate()

    def _be_worker(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        Thread(target=_end_with_parent, daemon=True).start()
        with suppress(KeyboardInterrupt):
            self._work()


def _end_with_parent() -> None:
    """Stop as after SIGTERM once the parent is gone: nobody would replace this worker, and it would keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
