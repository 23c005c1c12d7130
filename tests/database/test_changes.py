"""A version of the database that every commit changes, whoever commits."""

import multiprocessing
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import sleep

import psycopg
import pytest
from sqlalchemy import text

from tests.support.dialects import on_postgresql, on_sqlite, where_pages_are_kept
from tests.support.waiting import wait_for
from web.database import Base, Database
from web.database.changes import UnknownChanges
from web.database.changes_postgresql import CHANNEL
from web.database.siblings import Siblings
from web.models.setting import Setting
from web.models.tag import Tag


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """Another process, as far as the database can tell."""
    opened = Database(database.url)
    yield opened
    opened.close()


@pytest.fixture
def version(database: Database) -> int:
    """The version at the beginning, once it can be known and nothing of what made the database is on its way."""
    found: list[int | None] = [None]

    def is_at_rest() -> bool:
        before, found[0] = found[0], database.changes.version()
        sleep(0.2)
        return before is not None and before == found[0]

    wait_for(is_at_rest)
    assert found[0] is not None
    return found[0]


def write(database: Database, value: str) -> None:
    with database.session() as session:
        session.merge(Setting(name="word", value=value))


@where_pages_are_kept
@pytest.mark.usefixtures("version")
def test_it_stays_the_same_while_nobody_writes(database: Database, other: Database) -> None:
    wait_for(lambda: database.changes.version() is not None)
    before = database.changes.version()
    for reader in (database, other):
        with reader.session(read_only=True) as session:
            session.get(Setting, "word")
    with other.open_session() as session:
        session.merge(Setting(name="word", value="never"))
        session.flush()
    assert database.changes.version() == before


@where_pages_are_kept
def test_an_own_commit_changes_it_at_once(database: Database, version: int) -> None:
    seen = {version}
    for number in range(5):
        write(database, str(number))
        found = database.changes.version()
        # The listener may still read; then the version is unknown, but never the old one.
        assert found not in seen
        seen |= {found} - {None}


@where_pages_are_kept
def test_a_commit_of_another_process_changes_it(database: Database, other: Database, version: int) -> None:
    for number in range(5):
        before = database.changes.version() or version
        write(other, str(number))
        wait_for(lambda before=before: database.changes.version() not in (None, before))


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO setting (name, value) VALUES ('by', 'hand')",
        "UPDATE setting SET value = value || '!' WHERE name = 'uid'",
        "DELETE FROM setting WHERE name = 'uid'",
        "TRUNCATE setting",
        "WITH gone AS (DELETE FROM setting RETURNING name) SELECT count(*) FROM gone",
    ],
)
def test_a_write_by_hand_changes_it(database: Database, version: int, statement: str) -> None:
    """Whoever opens psql uses nothing of Colophon."""
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())
        connection.rollback()
        assert database.changes.version() == version
        connection.execute(statement.encode())
        connection.commit()
        wait_for(lambda: database.changes.version() not in (None, version))


@on_postgresql
def test_every_table_tells_of_its_changes(database: Database) -> None:
    told = text("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'colophon_announce'")
    with database.session(read_only=True) as session:
        assert {name.strip('"') for name in session.scalars(told)} == set(Base.metadata.tables)


@on_postgresql
def test_nothing_is_believed_while_the_listener_is_away(database: Database, other: Database, version: int) -> None:
    ended = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        f" WHERE datname = current_database() AND query IN ('LISTEN {CHANNEL}', '') AND pid <> pg_backend_pid()"
    )
    with other.session() as session:
        assert session.scalar(ended) == 1
    wait_for(lambda: database.changes.version() is None)
    wait_for(lambda: database.changes.version() is not None)
    assert database.changes.version() != version, "something may have been missed meanwhile"


@on_sqlite
def test_nothing_is_believed_without_the_file(tmp_path: Path, database: Database, version: int) -> None:
    lonely = Database(f"sqlite:///{tmp_path / 'nothing.sqlite3'}")
    assert lonely.changes.version() is None
    assert not (tmp_path / "nothing.sqlite3").exists()
    database.close()
    again = database.changes.version()
    assert again not in (None, version), "another connection counts from somewhere else"


def test_some_databases_tell_nobody() -> None:
    changes = UnknownChanges()
    assert changes.version() is None
    changes.close()


@on_postgresql
def test_what_a_sibling_commits_is_known_before_any_notification_arrives(database: Database) -> None:
    siblings = Siblings()
    one, other = (Database(database.url, siblings=siblings) for _ in range(2))
    with closing(one), closing(other):
        for number in range(100):
            wait_for(lambda: other.changes.version() is not None)
            before = other.changes.version()
            with one.session() as session:
                session.add(Tag(slug=f"tag-{number}", name="Tag"))
            after = other.changes.version()
            assert after is None or after != before


def test_siblings_share_what_was_made_before_they_were_forked() -> None:
    siblings = Siblings()
    before = siblings.mark
    child = multiprocessing.get_context("fork").Process(target=siblings.bump)
    child.start()
    child.join()
    assert siblings.mark != before
