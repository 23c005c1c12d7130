"""Which tests coverage looks at: one that runs on several databases is measured on SQLite alone, for the most part."""

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

MEASURED = "sqlite"
# What is written anew for each database is tested here.
MEASURED_ON_ALL = ("tests/database/", "tests/search/")
# Tells processes that a test starts to measure themselves.
FOR_PROCESSES = "COVERAGE_PROCESS_CONFIG"
TWIN = pytest.StashKey[bool]()


def mark_twins(items: Sequence[pytest.Item]) -> None:
    """Remember which tests run on SQLite as well."""
    names = {item.nodeid for item in items}
    for item in items:
        dialect = _dialect(item)
        is_twin = dialect != MEASURED and item.nodeid.replace(dialect, MEASURED) in names
        item.stash[TWIN] = is_twin and not item.nodeid.startswith(MEASURED_ON_ALL)


@contextmanager
def measured_once(item: pytest.Item) -> Iterator[None]:
    """Run a test without coverage where its twin runs with it: measuring doubles the time that Python takes."""
    if not item.stash.get(TWIN, False) or sys.gettrace() is None:
        yield
        return
    tracer, for_threads, for_processes = sys.gettrace(), threading.gettrace(), os.environ.pop(FOR_PROCESSES, None)
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        if for_processes is not None:
            os.environ[FOR_PROCESSES] = for_processes
        threading.settrace(for_threads)  # type: ignore[arg-type]
        sys.settrace(tracer)


def _dialect(item: pytest.Item) -> str:
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return str(parameters.get("database", MEASURED))
