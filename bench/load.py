"""wrk: sends one row's request as fast as a server answers, for a fixed time."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.answers import headers_for
from bench.rows import Row

SCRIPT = Path(__file__).with_name("request.lua")


@dataclass(frozen=True)
class Load:
    """How hard and how long, and to how many posts."""

    seconds: int
    connections: int
    posts: int


@dataclass(frozen=True)
class Run:
    """What wrk saw. Times in milliseconds."""

    requests: int
    per_second: float
    p50: float
    p99: float
    bytes_each: float
    refused: int
    broken: int


def find_wrk() -> str | None:
    """The path of wrk, None where it is not installed."""
    return shutil.which("wrk")


def run(address: str, row: Row, cookies: Sequence[str], load: Load, etag: str = "") -> Run:
    """One run of wrk against one server, as all those whom the cookies stand for in turn.

    CalledProcessError or TimeoutExpired when wrk itself fails.
    """
    first = cookies[0] if cookies else ""
    headers = [part for pair in headers_for(row, first, etag).items() for part in ("-H", ": ".join(pair))]
    options = ["-t1", f"-c{load.connections}", f"-d{load.seconds}s", "--timeout", "60s", "-s", str(SCRIPT)]
    form = "&".join(f"{name}={quote(value, safe='{}')}" for name, value in row.form)
    others = cookies if row.signed_in and row.is_made_anew else []
    done = subprocess.run(
        ["wrk", *options, *headers, address, "--", row.method, row.path, form, str(load.posts), "\n".join(others)],
        check=True,
        capture_output=True,
        text=True,
        timeout=load.seconds + 60,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    return _parse(line.removeprefix("RESULT "))


def _parse(result: str) -> Run:
    found = json.loads(result)
    requests = max(found["requests"], 1)
    return Run(
        requests=found["requests"],
        per_second=found["requests"] * 1e6 / found["microseconds"],
        p50=found["p50"] / 1000,
        p99=found["p99"] / 1000,
        bytes_each=found["bytes"] / requests,
        refused=found["refused"],
        broken=found["broken"],
    )
