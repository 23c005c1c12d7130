"""What the figures were measured on, and making it the same for all servers."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.support.postgresql import postgres_server

CORES = 2
PROC = Path("/proc/self/stat")


def problem(wrk: str | None) -> str:
    """Why nothing can be measured here; empty when it can."""
    if wrk is None:
        return "this needs wrk. On Debian and Ubuntu:  apt-get install -y wrk"
    if not PROC.exists():
        return "this needs Linux: memory and processor time are read from /proc"
    return ""


def use_two_cores() -> int:
    """Keep this process and all that it starts to two cores, so that figures can be compared. How many there are."""
    cores = sorted(os.sched_getaffinity(0))[:CORES]
    os.sched_setaffinity(0, cores)
    return len(cores)


def describe(cores: int) -> str:
    """The machine and what runs on it, in one line."""
    names = " · ".join(f"{name} {version(name)}" for name in ("uvicorn", "starlette", "sqlalchemy"))
    return f"{cores} cores, {platform.machine()}, Python {platform.python_version()} · {names}"


def describe_postgresql() -> str:
    """The PostgreSQL server, and whether its commits wait for the disk: that decides what a write costs."""
    with postgres_server() as url:
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            number = connection.scalar(text("SHOW server_version"))
            waits = [connection.scalar(text(f"SHOW {name}")) for name in ("fsync", "synchronous_commit")]
    return f"PostgreSQL {number}, whose commits {'wait' if waits == ['on', 'on'] else 'do not wait'} for the disk"
