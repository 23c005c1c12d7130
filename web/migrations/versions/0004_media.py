"""Uploaded images, and which posts show them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _make_media()
    _make_uses()


def _make_media() -> None:
    op.create_table(
        "media",
        sa.Column("id", KEY, nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("user_id", KEY, nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=50), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_media_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
        sa.UniqueConstraint("digest", name="uq_media_digest"),
    )
    op.create_index("ix_media_user_id_id", "media", ["user_id", "id"])


def _make_uses() -> None:
    op.create_table(
        "post_media_association",
        sa.Column("media_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name="fk_post_media_association_media_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_post_media_association_post_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("media_id", "post_id", name="pk_post_media_association"),
    )
    op.create_index("ix_post_media_association_post_id", "post_media_association", ["post_id"])
