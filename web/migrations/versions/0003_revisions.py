"""Revisions of posts, the working ones of the editor among them, and a version that guards against unseen changes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

TYPES = {
    "autosave": "Saved by itself",
    "save": "Saved",
    "publication": "Published",
    "restore": "Restored",
    "import": "Imported",
    "merge": "Merged",
    "conflict": "Could not be merged",
}


def upgrade() -> None:
    # Columns are added and nothing else: SQLite would have to make the table again, and dropping the old one
    # would delete what hangs from it.
    op.add_column("post", sa.Column("has_pending_changes", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("post", sa.Column("is_slug_chosen", sa.Boolean(), server_default=sa.false(), nullable=False))
    # Nobody can tell any more which of the present addresses somebody chose: they all stay.
    op.execute(sa.update(sa.table("post", sa.column("is_slug_chosen", sa.Boolean))).values(is_slug_chosen=True))
    op.add_column("post", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    _make_types()
    _make_revisions()


def _make_types() -> None:
    lookup = op.create_table(
        "post_revision_type_lookup",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_post_revision_type_lookup"),
    )
    op.bulk_insert(lookup, [{"code": code, "name": name} for code, name in TYPES.items()])


def _make_revisions() -> None:
    op.create_table("post_revision", *_columns(), *_constraints())
    op.create_index("ix_post_revision_base_post_revision_id", "post_revision", ["base_post_revision_id"])
    op.create_index("ix_post_revision_post_id_editing_session", "post_revision", ["post_id", "editing_session"])
    op.create_index("ix_post_revision_post_id_id", "post_revision", ["post_id", "id"])
    op.create_index("ix_post_revision_user_id", "post_revision", ["user_id"])


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=True),
        sa.Column("post_revision_type_lookup_code", sa.String(length=20), nullable=False),
        sa.Column("base_post_revision_id", KEY, nullable=True),
        sa.Column("editing_session", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
    ]


def _constraints() -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["base_post_revision_id"],
            ["post_revision.id"],
            name="fk_post_revision_base_post_revision_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_post_revision_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["post_revision_type_lookup_code"],
            ["post_revision_type_lookup.code"],
            name="fk_post_revision_post_revision_type_lookup_code",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_post_revision_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_post_revision"),
    ]
