"""One object for one database: sessions commit and roll back, readers cannot write, nothing leaks."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from tests.support.reading import Read
from web.database import Database
from web.models.setting import Setting
from web.models.tag import Tag


def test_a_session_commits_at_its_end(database: Database, read: Read) -> None:
    with database.session() as session:
        session.add(Tag(slug="paper", name="Paper"))
    assert [tag.name for tag in read.all(Tag)] == ["Paper"]


def test_a_session_that_raises_stores_nothing(database: Database, read: Read) -> None:
    def fail() -> None:
        with database.session() as session:
            session.add(Tag(slug="paper", name="Paper"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert read.all(Tag) == []


def test_a_reader_cannot_write(database: Database, read: Read) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"), database.session(read_only=True) as session:
        session.add(Tag(slug="paper", name="Paper"))
    assert read.all(Tag) == []


def test_a_connection_can_write_after_it_was_read_only(database: Database, read: Read) -> None:
    for number in range(database.engine.pool.size() + 1):  # type: ignore[attr-defined]
        assert read(Setting, "title") is None
        with database.session() as session:
            session.add(Tag(slug=f"paper-{number}", name="Paper"))
    assert read.count(Tag) == database.engine.pool.size() + 1  # type: ignore[attr-defined]


def test_a_closed_session_is_of_no_use(database: Database) -> None:
    with database.session() as session:
        session.get(Tag, 1)
    with pytest.raises(InvalidRequestError, match="permanently closed"):
        session.get(Tag, 1)


def test_objects_can_be_read_after_their_session(database: Database) -> None:
    with database.session() as session:
        tag = Tag(slug="paper", name="Paper")
        session.add(tag)
    assert (tag.id, tag.name) == (1, "Paper")


def test_foreign_keys_are_held(database: Database) -> None:
    insert = text("INSERT INTO post_tag_association (post_id, tag_id, position) VALUES (99, 99, 0)")
    with database.open_session() as session, pytest.raises(IntegrityError):
        session.execute(insert)


def test_no_more_connections_than_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = database.engine.pool
    monkeypatch.setattr(pool, "_timeout", 0.01)
    sessions = [database.open_session(read_only=True) for _ in range(pool.size() + 1)]  # type: ignore[attr-defined]
    for session in sessions[:-1]:
        session.connection()
    with pytest.raises(PoolTimeoutError):
        sessions[-1].connection()
    for session in sessions:
        session.close()


def test_one_writer_at_a_time_only_where_it_must_be(database: Database) -> None:
    assert database.has_one_writer == (database.dialect == "sqlite")


def test_all_sql_can_be_printed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = Database(f"sqlite:///{tmp_path / 'echo.sqlite3'}", echo=True)
    with caplog.at_level(logging.INFO, "sqlalchemy.engine"), database.session() as session:
        session.execute(text("SELECT 'colophon'"))
    database.close()
    assert "SELECT 'colophon'" in caplog.text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("oracle://somewhere/blog", "does not know the database 'oracle'"),
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
    ],
)
def test_a_url_that_cannot_work_is_refused(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Database(url)


def test_a_url_that_is_none_is_refused() -> None:
    with pytest.raises(ArgumentError):
        Database("not a url")


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'blog.sqlite3'}")
    with database.session() as session:
        session.execute(text("SELECT 1"))
    database.close()
    assert (tmp_path / "a" / "b" / "blog.sqlite3").exists()


def test_a_server_that_is_not_there_is_an_error_of_the_database() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/blog")
    with pytest.raises(SQLAlchemyError), database.session() as session:
        session.execute(text("SELECT 1"))
    database.close()
