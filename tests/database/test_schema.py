"""What the migrations make is what the models say."""

import subprocess
import sys
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Index, inspect, select
from sqlalchemy.schema import DropIndex, SchemaItem

import web.models.comment
import web.models.message
import web.models.post_revision
import web.models.post_state
import web.models.user
from web.blog.queries import load_blog
from web.database import Base, Database, schema
from web.database.mariadb_ddl import pinned_columns
from web.database.search_indexes import is_modelled
from web.models.post import Post
from web.models.setting import Blog

ENUMS = {
    "RoleLookup": web.models.user.Role,
    "PostStatusLookup": web.models.post_state.PostStatus,
    "PostTypeLookup": web.models.post_state.PostType,
    "PostVisibilityLookup": web.models.post_state.PostVisibility,
    "CommentStatusLookup": web.models.comment.CommentStatus,
    "MessageTypeLookup": web.models.message.MessageType,
    "PostRevisionTypeLookup": web.models.post_revision.PostRevisionType,
}
LOOKUPS = {
    mapper.class_.__name__: mapper for mapper in Base.registry.mappers if mapper.class_.__name__.endswith("Lookup")
}


def differs_in_default(
    context: MigrationContext, _found: object, _meant: object, default: str | None, _clause: object, meant: str | None
) -> bool | None:
    """On MariaDB false is spelled 0, and a moment has its microseconds. None leaves it to Alembic."""
    if context.dialect.name != "mariadb":
        return None
    is_same = (default, meant) == ("0", "false") or (default or "").replace(".000000", "") == meant
    return False if is_same else None


def is_compared(meant: SchemaItem, _name: str | None, kind: str, is_found: bool, found: SchemaItem | None) -> bool:
    """Whether Alembic shall look: not at an index that is led by its condition's columns, as it must be on MariaDB."""
    if kind == "index" and isinstance(meant, Index) and isinstance(found, Index) and not is_found:
        return [*pinned_columns(meant), *meant.columns.keys()] != found.columns.keys()
    return True


def differences(connection: Connection) -> list[object]:
    compared = [is_modelled, is_compared] if connection.dialect.name == "mariadb" else [is_modelled]
    options: dict[str, object] = {
        "compare_type": True,
        "compare_server_default": differs_in_default,
        "include_object": lambda *thing: all(is_to_be(*thing) for is_to_be in compared),
    }
    return compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)


def test_models_and_migrations_agree(database: Database) -> None:
    with database.session() as session:
        assert differences(session.connection()) == []


def test_a_disagreement_is_found(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database)
    with database.session() as session:
        (index,) = [index for index in Post.metadata.tables["post"].indexes if index.name == "ix_post_updated_at"]
        session.execute(DropIndex(index))
        found = differences(session.connection())
    database.close()
    assert [kind for kind, *_ in found] == ["add_index"]


def test_the_index_of_public_posts_leaves_out_the_others(database: Database) -> None:
    with database.session() as session:
        indexes = inspect(session.connection()).get_indexes("post")
    (found,) = [index for index in indexes if index["name"] == "ix_post_public"]
    if database.dialect == "mariadb":
        # There they stand apart from the others in one index.
        codes = [f"post_{name}_lookup_code" for name in ("status", "visibility", "type")]
        assert found["column_names"] == ["deleted_at", *codes, "published_at", "id"]
        return
    (condition,) = [value for key, value in found["dialect_options"].items() if key.endswith("_where")]
    assert "published" in str(condition)
    assert "deleted_at IS NULL" in str(condition)


def test_each_lookup_has_its_codes() -> None:
    assert set(LOOKUPS) == set(ENUMS)


@pytest.mark.parametrize("name", ENUMS)
def test_the_migration_seeds_each_lookup(database: Database, name: str) -> None:
    with database.session(read_only=True) as session:
        rows = session.execute(select(LOOKUPS[name].local_table)).all()
    assert {row.code for row in rows} == set(ENUMS[name])
    assert all(row.name for row in rows)


def test_migrating_again_changes_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    assert not schema.is_current(database)
    schema.upgrade(database)
    schema.upgrade(database)
    assert schema.is_current(database)
    database.close()


def test_an_old_schema_is_not_current(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database)
    with database.session() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert not schema.is_current(database)
    database.close()


def test_two_processes_may_migrate_at_once(empty_url: str) -> None:
    program = "import sys; from web.database import Database, schema; schema.upgrade(Database(sys.argv[1]))"
    processes = [subprocess.Popen([sys.executable, "-c", program, empty_url]) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    database = Database(empty_url)
    assert schema.is_current(database)
    database.close()


def test_each_blog_has_a_name_of_its_own(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database)
    with database.session(read_only=True) as session:
        uid = load_blog(session).uid
    database.close()
    assert str(UUID(uid)) == uid != Blog().uid
