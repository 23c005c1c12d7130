"""Whoever upgrades keeps every row, and every row keeps what hangs from it."""

import pytest
from sqlalchemy import text

from web.database import Database, schema

FIRST = "0001"
ROWS = [
    """INSERT INTO "user" (id, username, display_name, bio, is_active, role_lookup_code, created_at)
       VALUES (1, 'ada', 'Ada', '', true, 'author', '2026-01-01 00:00:00')""",
    """INSERT INTO post (id, uid, slug, title, summary, body, body_html, excerpt, word_count, renderer_version,
                         post_status_lookup_code, created_at, updated_at, published_at)
       VALUES (1, 'u', 'hello', 'Hello', '', 'Words.', '<p>Words.</p>', '', 1, 1,
               'published', '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00')""",
    "INSERT INTO user_post_association (user_id, post_id, byline_order) VALUES (1, 1, 0)",
    "INSERT INTO slug (slug, post_id, created_at) VALUES ('hello', 1, '2026-01-01 00:00:00')",
    """INSERT INTO comment (id, uid, post_id, user_id, guest_name, guest_email, body, body_html, renderer_version,
                            comment_status_lookup_code, created_at)
       VALUES (1, 'c', 1, 1, '', '', 'Hi.', '<p>Hi.</p>', 1, 'approved', '2026-01-01 00:00:00')""",
]
TABLES = ("user", "post", "user_post_association", "slug", "comment")


def counts(database: Database) -> list[int]:
    with database.session(read_only=True) as session:
        return [session.scalars(text(f'SELECT count(*) FROM "{table}"')).one() for table in TABLES]


def test_rows_of_the_first_schema_are_kept(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database, FIRST)
    with database.session() as session:
        for statement in ROWS:
            session.execute(text(statement))
    schema.upgrade(database)
    assert counts(database) == [1] * len(TABLES)
    with database.session(read_only=True) as session:
        row = session.execute(text("SELECT * FROM post")).mappings().one()
    assert (row["title"], row["body"], row["post_visibility_lookup_code"]) == ("Hello", "Words.", "public")
    database.close()


def test_posts_with_changes_that_wait_keep_them(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database, "0006")
    revision = """INSERT INTO post_revision (id, post_id, post_revision_type_lookup_code, editing_session, sequence,
                                             title, body, tags, slug, summary, created_at, updated_at)
                  VALUES ({}, 1, '{}', '', 0, 'T', 'B', '', '', '', '2026-01-01 00:00:00', '2026-01-01 00:00:00')"""
    kinds = ["save", "autosave", "conflict"]
    with database.session() as session:
        for statement in ROWS:
            session.execute(text(statement))
        for number, kind in enumerate(kinds, 1):
            session.execute(text(revision.format(number, kind)))
        session.execute(text("UPDATE post SET has_pending_changes = true"))
    schema.upgrade(database)
    with database.session(read_only=True) as session:
        assert session.scalars(text("SELECT id FROM post_revision WHERE is_pending")).all() == [2]
    database.close()


def test_a_history_can_say_that_a_post_was_scheduled(empty_url: str) -> None:
    database = Database(empty_url)
    for version in ("0015", "head"):
        schema.upgrade(database, version)
    with database.session(read_only=True) as session:
        lookup = text("SELECT name FROM post_revision_type_lookup WHERE code = 'schedule'")
        assert session.scalars(lookup).all() == ["Scheduled"]
    database.close()


def test_rows_that_point_to_nothing_undo_a_migration(empty_url: str) -> None:
    database = Database(empty_url)
    if database.dialect == "sqlite":
        schema.upgrade(database, FIRST)
        with database.session(changes_schema=True) as session:
            session.execute(text("INSERT INTO slug (slug, post_id, created_at) VALUES ('x', 7, '2026-01-01')"))
        with pytest.raises(RuntimeError, match="point to nothing in: slug"):
            schema.upgrade(database)
        assert not schema.is_current(database)
    database.close()


def test_foreign_keys_are_looked_at_again_after_a_migration(empty_url: str) -> None:
    database = Database(empty_url)
    schema.upgrade(database)
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.session() as session:
        session.execute(text("INSERT INTO slug (slug, post_id, created_at) VALUES ('x', 7, '2026-01-01')"))
    database.close()
