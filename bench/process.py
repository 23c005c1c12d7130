"""Servers as processes of their own: started, waited for, looked at, and ended by their own process id."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

START_SECONDS = 180
STOP_SECONDS = 15
PROC = Path("/proc")


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process and the file with all that it prints."""

    address: str
    process_id: int
    log: Path

    @property
    def megabytes(self) -> float:
        """The resident memory of its largest process, which is a worker."""
        return max(map(_resident_bytes, _family(self.process_id))) / 1e6

    @property
    def cpu_seconds(self) -> float:
        """The processor time that its processes have used so far."""
        return sum(map(_cpu_seconds, _family(self.process_id)))


@contextmanager
def running(
    command: Sequence[str], *, address: str, ready: str, environment: Mapping[str, str], folder: Path
) -> Iterator[Server]:
    """Run the command in the folder until the block ends; enter it once the path `ready` answers 200.

    RuntimeError, with all that the process printed in it, when it ends or does not answer in time.
    """
    log = folder / f"{Path(command[0]).name}-{address.rpartition(':')[2]}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_it_answers(process, address + ready, log)
        yield Server(address, process.pid, log)
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


def _family(process_id: int) -> list[int]:
    children = (PROC / str(process_id) / "task" / str(process_id) / "children").read_text().split()
    return [process_id, *(member for child in children for member in _family(int(child)))]


def _resident_bytes(process_id: int) -> int:
    pages = int((PROC / str(process_id) / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _cpu_seconds(process_id: int) -> float:
    # Behind the name in parentheses, which may hold anything; user and system time are the 14th and 15th field of all.
    fields = (PROC / str(process_id) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
