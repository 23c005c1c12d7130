"""Search: the words of posts, comments, people and tags, an index over them on each engine, and related posts.

The tables are empty at first. `colophon search rebuild` fills them, and `colophon serve` does it by itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEARCHED = ("post", "comment", "user", "tag")


def upgrade() -> None:
    for name in SEARCHED:
        _make_words(name)
        INDEXES[op.get_bind().dialect.name](name)
    _make_vocabulary()
    _make_related()


def _make_words(name: str) -> None:
    op.create_table(
        f"{name}_search",
        sa.Column(f"{name}_id", KEY, autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint([f"{name}_id"], [f"{name}.id"], name=f"fk_{name}_search_{name}_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(f"{name}_id", name=f"pk_{name}_search"),
    )


def _index_in_sqlite(name: str) -> None:
    table, key, index = f"{name}_search", f"{name}_id", f"{name}_search_index"
    # Neither positions nor lengths are kept: phrases are looked for in the words, and nothing is ranked here.
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5(words, labels, content='{table}', content_rowid='{key}',"
        " tokenize='ascii', detail='none', columnsize=0)"
    )
    columns = "rowid, words, labels"
    added = f"INTO {index} ({columns}) VALUES (new.{key}, new.words, new.labels)"
    removed = f"INTO {index} ({index}, {columns}) VALUES ('delete', old.{key}, old.words, old.labels)"
    added, removed = f"INSERT {added};", f"INSERT {removed};"
    op.execute(f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {added} END")
    op.execute(f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {removed} END")
    op.execute(f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN {removed} {added} END")


def _index_in_postgresql(name: str) -> None:
    table = f"{name}_search"
    vectors = (f"array_to_tsvector(string_to_array({column}, ' '))" for column in ("words", "labels"))
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN search_vector tsvector GENERATED ALWAYS AS ({' || '.join(vectors)}) STORED"
    )
    # Without the list of what is still to be sorted in, every search would read that list from end to end.
    op.execute(f"CREATE INDEX {table}_index ON {table} USING gin (search_vector) WITH (fastupdate = off)")


def _index_in_mariadb(name: str) -> None:
    table = f"{name}_search"
    op.add_column(table, sa.Column("search_tokens", sa.Text(), nullable=False))
    op.execute(f"CREATE FULLTEXT INDEX {table}_index ON {table} (search_tokens)")


INDEXES = {"sqlite": _index_in_sqlite, "postgresql": _index_in_postgresql, "mariadb": _index_in_mariadb}


def _make_vocabulary() -> None:
    word = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
    op.create_table(
        "search_word",
        sa.Column("word", word, nullable=False),
        sa.Column("stem", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_search_word"),
    )
    op.create_index("ix_search_word_stem", "search_word", ["stem"])


def _make_related() -> None:
    name = "post_post_association"
    op.create_table(
        name,
        sa.Column("post_id", KEY, autoincrement=False, nullable=False),
        sa.Column("related_post_id", KEY, autoincrement=False, nullable=False),
        sa.Column("shared_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=f"fk_{name}_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["related_post_id"], ["post.id"], name=f"fk_{name}_related_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "related_post_id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_best", name, ["post_id", "shared_count", "related_post_id"])
    op.create_index(f"ix_{name}_back", name, ["related_post_id", "shared_count", "post_id"])
