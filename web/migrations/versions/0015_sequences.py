"""How far an editor had come that sent what its post said already."""

import sqlalchemy as sa
from alembic import op

from web.database.announcing import announce_changes

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "editing_sequence",
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("editing_session", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_editing_sequence_post_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "editing_session", name="pk_editing_sequence"),
    )
    announce_changes("editing_sequence")
