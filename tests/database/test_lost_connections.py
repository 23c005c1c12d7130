"""Connections of the pool are used again without a question to the server, and never when they are lost."""

import pytest
from sqlalchemy import text

from tests.support.dialects import on_postgresql
from web.database import Database, postgresql

LAST_QUESTION = "SELECT pg_backend_pid()"
# It is waited for the end of the connection, up to so many milliseconds.
END = "SELECT pg_terminate_backend(:number, 10000)"


def connection_used(database: Database) -> int:
    """The server's number of the connection that the pool gives."""
    with database.session(read_only=True) as session:
        return int(session.scalars(text(LAST_QUESTION)).one())


def questions_asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """All that is asked from now on only to see whether somebody answers."""
    asked: list[object] = []
    ping = database.engine.dialect.do_ping
    monkeypatch.setattr(database.engine.dialect, "do_ping", lambda driver: asked.append(driver) or ping(driver))
    return asked


@on_postgresql
def test_a_connection_that_was_just_used_is_not_asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = questions_asked(database, monkeypatch)
    assert connection_used(database) == connection_used(database)
    assert asked == []


@on_postgresql
def test_one_that_was_idle_is_asked_first(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    number = connection_used(database)
    asked = questions_asked(database, monkeypatch)
    monkeypatch.setattr(postgresql, "SURE_FOR_SECONDS", 0)
    assert connection_used(database) == number
    assert len(asked) == 1


@on_postgresql
def test_one_that_the_server_ended_is_replaced_unseen(database: Database) -> None:
    number = connection_used(database)
    other = Database(database.url)
    with other.session() as session:
        assert session.scalars(text(END), {"number": number}).one()
    other.close()
    assert connection_used(database) != number
