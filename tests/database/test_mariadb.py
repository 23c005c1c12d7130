"""MariaDB is told what it needs to be told, so that it behaves as the others do."""

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import Connection, Index, MetaData, String, Table, Text, create_engine, make_url, text
from sqlalchemy.dialects import mysql
from sqlalchemy.exc import CompileError, OperationalError
from sqlalchemy.schema import Column, CreateIndex

from tests.support.dialects import needs_mariadb, on_mariadb
from tests.support.mariadb import fresh_mariadb
from web.database import Database, mariadb, schema
from web.database.indexes import only_where
from web.database.mariadb_ddl import pinned_columns
from web.models.tag import Tag

WANTED = {
    "@@tx_isolation": "READ-COMMITTED",
    "@@time_zone": "+00:00",
    "@@collation_connection": mariadb.COLLATION,
    "@@innodb_lock_wait_timeout": mariadb.LOCK_WAIT_SECONDS,
    "@@autocommit": 0,
}


@pytest.fixture
def fresh() -> Iterator[Database]:
    with fresh_mariadb() as url:
        database = Database(url)
        yield database
        database.close()


@on_mariadb
@pytest.mark.parametrize("variable", WANTED)
def test_each_connection_is_prepared(database: Database, variable: str) -> None:
    with database.session(read_only=True) as session:
        assert session.scalar(text(f"SELECT {variable}")) == WANTED[variable]


@on_mariadb
@pytest.mark.parametrize("mode", ["STRICT_ALL_TABLES", "ANSI_QUOTES", "PIPES_AS_CONCAT", "NO_ZERO_DATE"])
def test_bad_values_are_errors_and_sql_means_the_same_as_elsewhere(database: Database, mode: str) -> None:
    with database.session(read_only=True) as session:
        assert mode in session.scalars(text("SELECT @@sql_mode")).one().split(",")


@on_mariadb
def test_every_column_compares_bytes_and_holds_what_the_models_say(database: Database) -> None:
    columns = "SELECT data_type, collation_name, datetime_precision FROM information_schema.columns"
    with database.session(read_only=True) as session:
        rows = session.execute(text(f"{columns} WHERE table_schema = DATABASE()")).all()
        tables = "SELECT engine FROM information_schema.tables WHERE table_schema = DATABASE()"
        assert set(session.scalars(text(tables))) == {"InnoDB"}
    assert {row[1] for row in rows if row[1]} == {mariadb.COLLATION}
    assert {row[2] for row in rows if row[0] == "datetime"} == {6}
    assert {row[0] for row in rows if row[0].endswith("text")} == {"longtext"}


@on_mariadb
def test_whoever_waited_for_a_lock_reads_what_was_stored_meanwhile(database: Database) -> None:
    with database.session() as session:
        session.add(Tag(slug="a", name="First"))
    seen: list[str] = []

    def wait_and_read() -> None:
        with database.session() as session:
            assert session.scalars(text("SELECT count(*) FROM tag")).one() == 1
            session.execute(text("SELECT id FROM tag WHERE slug = 'a' FOR UPDATE"))
            seen.extend(session.scalars(text("SELECT name FROM tag ORDER BY id")).all())

    with database.session() as session:
        session.execute(text("SELECT id FROM tag WHERE slug = 'a' FOR UPDATE"))
        other = threading.Thread(target=wait_and_read)
        other.start()
        other.join(0.3)
        assert seen == []
        session.execute(text("UPDATE tag SET name = 'Second'"))
        session.execute(text("INSERT INTO tag (slug, name) VALUES ('b', 'Third')"))
    other.join(20)
    assert seen == ["Second", "Third"]


@on_mariadb
def test_a_connection_is_told_only_when_it_changes_between_reading_and_writing(database: Database) -> None:
    with database.engine.connect() as connection:
        kinds = (False, False, True, True, False, False)
        seen = [questions(connection, read_only=kind) for kind in kinds]
    took = [after - before for before, after in pairwise(seen)]
    # A change costs one more than staying what it was.
    assert [each - min(took) for each in took] == [0, 1, 0, 1, 0]


def questions(connection: Connection, *, read_only: bool) -> int:
    """How many statements the server has had from this connection, asked in a transaction of its own."""
    statement = "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'QUESTIONS'"
    connection.execution_options(read_only=read_only)
    count = int(connection.exec_driver_sql(statement).scalar_one())
    connection.rollback()
    return count


@needs_mariadb
@pytest.mark.parametrize("scheme", ["mariadb", "mariadb+pymysql"])
def test_a_url_needs_no_driver(fresh: Database, scheme: str) -> None:
    url = make_url(fresh.url.render_as_string(hide_password=False)).set(drivername=scheme)
    database = Database(url)
    with database.session(read_only=True) as session:
        assert session.scalar(text("SELECT DATABASE()")) == url.database
    database.close()


def test_another_driver_is_refused() -> None:
    with pytest.raises(ValueError, match=r"begins with mariadb://"):
        Database("mariadb+mysqldb://ann@127.0.0.1/blog")


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mariadb, "DRIVER", "a_package_that_nobody_has")
    with pytest.raises(ValueError, match=r"colophon\[mariadb\]"):
        Database("mariadb://ann@127.0.0.1/blog")


@needs_mariadb
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("LEAST_PACKET_BYTES", 10**10, "max_allowed_packet is"), ("OLDEST_VERSION", (99,), "must be 99 or newer")],
)
def test_a_server_that_cannot_hold_a_blog_is_refused_before_anything_is_written(
    fresh: Database, monkeypatch: pytest.MonkeyPatch, name: str, value: object, words: str
) -> None:
    monkeypatch.setattr(mariadb, name, value)
    with pytest.raises(OperationalError, match=words):
        schema.upgrade(fresh)
    with fresh.session(read_only=True) as session:
        assert session.execute(text("SHOW TABLES")).all() == []


@needs_mariadb
def test_the_lock_of_a_migration_ends_with_it(fresh: Database) -> None:
    schema.upgrade(fresh)
    with fresh.session(read_only=True) as session:
        assert session.scalar(text("SELECT IS_FREE_LOCK(CONCAT('colophon ', SHA1(DATABASE())))")) == 1


@needs_mariadb
def test_a_lock_that_does_not_come_is_an_error(fresh: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mariadb, "MIGRATION_WAIT_SECONDS", 0)
    with fresh.session() as session:
        mariadb.hold_off_others(session.connection())
        with fresh.open_session() as other, pytest.raises(OperationalError, match="does not end"):
            mariadb.hold_off_others(other.connection())


@on_mariadb
def test_a_reader_that_cannot_begin_is_an_error_of_the_database(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        connection.rollback()
        connection.connection.dbapi_connection.close()  # type: ignore[union-attr]
        with pytest.raises(OperationalError, match="READ ONLY"):
            connection.execution_options(read_only=True).exec_driver_sql("SELECT 1")
        connection.invalidate()


def made(index: Index) -> str:
    return str(CreateIndex(index).compile(dialect=create_engine("mariadb+pymysql://x").dialect))


@pytest.mark.parametrize(
    ("condition", "columns"),
    [
        ("kind = 'page'", ["kind"]),
        ("kind = 'page' AND gone_at IS NULL", ["gone_at", "kind"]),
        ("gone_at IS NOT NULL", []),
    ],
)
def test_an_index_of_some_rows_is_led_by_what_its_condition_pins(condition: str, columns: list[str]) -> None:
    table = Table("page", MetaData(), Column("at", String(9)), Column("kind", String(9)), Column("gone_at", String(9)))
    index = Index("ix_page_at", table.c.at, **only_where(condition))
    assert pinned_columns(index) == columns
    assert made(index) == f"CREATE INDEX ix_page_at ON page ({', '.join([*columns, 'at'])})"


def test_an_index_that_holds_only_some_rows_apart_is_refused() -> None:
    table = Table("page", MetaData(), Column("at", String(9)), Column("kind", String(9)))
    with pytest.raises(CompileError, match="cannot hold only some rows apart"):
        made(Index("ix_page_at", table.c.at, unique=True, **only_where("kind = 'page'")))


def test_other_dialects_keep_their_own_types() -> None:
    assert Text().compile(dialect=mysql.dialect()) == "TEXT"
