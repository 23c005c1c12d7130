"""Coverage looks at a test once, and on every database where the code is another one there."""

import sys
from types import SimpleNamespace

import pytest

from tests.support.measuring import TWIN, mark_twins, measured_once


def marked(*names: str) -> dict[str, bool]:
    """Which of the tests with these names have a twin on SQLite that is measured in their place."""
    items = []
    for name in names:
        dialect = next((dialect for dialect in ("sqlite", "postgresql") if dialect in name), None)
        found = {"callspec": SimpleNamespace(params={"database": dialect})} if dialect else {}
        items.append(SimpleNamespace(nodeid=name, stash=pytest.Stash(), **found))
    mark_twins(items)
    return {item.nodeid: item.stash[TWIN] for item in items}


def test_of_two_only_the_one_on_sqlite_is_measured() -> None:
    one, two = "tests/posts/test_a.py::test_b[sqlite-1]", "tests/posts/test_a.py::test_b[postgresql-1]"
    assert marked(one, two) == {one: False, two: True}


def test_what_runs_on_one_database_alone_or_on_none_is_measured() -> None:
    names = (
        "tests/posts/test_a.py::test_b[postgresql-1]",
        "tests/posts/test_a.py::test_b[sqlite-2]",
        "test_a.py::test_c",
    )
    assert marked(*names) == dict.fromkeys(names, False)


@pytest.mark.parametrize("room", ["database", "search"])
def test_what_is_written_for_each_database_is_measured_on_each(room: str) -> None:
    names = [f"tests/{room}/test_a.py::test_b[{dialect}]" for dialect in ("sqlite", "postgresql")]
    assert marked(*names) == dict.fromkeys(names, False)


@pytest.mark.parametrize("is_twin", [True, False])
def test_a_twin_runs_untraced_and_the_next_test_is_traced_again(is_twin: bool) -> None:
    item = SimpleNamespace(stash=pytest.Stash())
    item.stash[TWIN] = is_twin
    before, tracer = sys.gettrace(), lambda *_: None
    sys.settrace(tracer)
    try:
        with measured_once(item):
            inside = sys.gettrace()
        after = sys.gettrace()
    finally:
        sys.settrace(before)
    assert (inside, after) == (None if is_twin else tracer, tracer)
