"""Servers as processes of their own: started, waited for, and ended by their own process id."""

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

START_SECONDS = 60
STOP_SECONDS = 15


@contextmanager
def running(command: Sequence[str], *, address: str, environment: Mapping[str, str], folder: Path) -> Iterator[Path]:
    """Run the command in the folder until the block ends; enter it once the address answers 200.

    Gives the file with all that the process prints. RuntimeError, with these words in it, when the process
    ends or does not answer in time.
    """
    log = folder / f"{Path(command[0]).name}-{address.rsplit(':', 1)[1].replace('/', '-')}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_it_answers(process, address, log)
        yield log
    finally:
        _stop(process)


def _wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}:\n{log.read_text()}")
        if _answers(address):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within {START_SECONDS} s:\n{log.read_text()}")


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except HTTPError as refusal:
        refusal.close()
        return False
    except (URLError, ConnectionError, TimeoutError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
