"""Every statement can be seen."""

import threading
from contextvars import copy_context

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from web.database import Database
from web.database.statements import recorded, recorded_so_far


def run(database: Database, number: int) -> None:
    with database.session(read_only=True) as session:
        session.execute(text(f"SELECT {number}"))


def test_statements_are_recorded_inside_only(database: Database) -> None:
    run(database, 1)
    with recorded() as statements:
        run(database, 2)
        run(database, 3)
        assert recorded_so_far() is statements
    run(database, 4)
    assert statements == ["SELECT 2", "SELECT 3"]
    assert recorded_so_far() is None


def test_the_innermost_block_records(database: Database) -> None:
    with recorded() as outer:
        with recorded() as inner:
            run(database, 1)
        run(database, 2)
    assert (outer, inner) == (["SELECT 2"], ["SELECT 1"])


def test_threads_started_inside_are_recorded_and_others_are_not(database: Database) -> None:
    stranger = threading.Thread(target=run, args=(database, 2))
    with recorded() as statements:
        child = threading.Thread(target=copy_context().run, args=(run, database, 1))
        for thread in (child, stranger):
            thread.start()
            thread.join()
    assert statements == ["SELECT 1"]


def test_a_statement_that_fails_was_still_asked_for(database: Database) -> None:
    statement = text("SELECT nothing FROM nowhere")
    with recorded() as statements, database.open_session() as session, pytest.raises(DBAPIError, match="nowhere"):
        session.execute(statement)
    assert statements == ["SELECT nothing FROM nowhere"]
