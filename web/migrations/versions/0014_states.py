"""Lists of what is scheduled, unlisted, private or deleted are as quick among a million posts."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_post_scheduled": (["published_at", "id"], "post_status_lookup_code != 'draft'"),
    "ix_post_withheld": (
        ["post_visibility_lookup_code", "updated_at", "id"],
        "post_visibility_lookup_code != 'public'",
    ),
    "ix_post_deleted": (["updated_at", "id"], "deleted_at IS NOT NULL"),
}


def upgrade() -> None:
    for name, (columns, condition) in INDEXES.items():
        where = sa.text(condition)
        op.create_index(name, "post", columns, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="post")
