"""Words that were sent in vain, and who has which post open in an editor."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_rescued_texts()
    _make_editing_sessions()


def _make_rescued_texts() -> None:
    op.create_table(
        "rescued_text",
        sa.Column("id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("base", sa.String(length=40), nullable=False),
        sa.Column("editing_session", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_rescued_text_post_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_rescued_text_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_rescued_text"),
    )
    op.create_index("ix_rescued_text_post_id", "rescued_text", ["post_id"])
    op.create_index("ix_rescued_text_user_id_editing_session", "rescued_text", ["user_id", "editing_session"])


def _make_editing_sessions() -> None:
    op.create_table(
        "editing_session",
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_editing_session_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_editing_session_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uid", name="pk_editing_session"),
    )
    op.create_index("ix_editing_session_post_id_seen_at", "editing_session", ["post_id", "seen_at"])
    op.create_index("ix_editing_session_user_id", "editing_session", ["user_id"])
