"""Publishing: the dates, states and decisions of a post that are no words."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("post", sa.Column("earlier_published_at", MOMENT, nullable=True))
    _make_indexes()


def _make_indexes() -> None:
    # An index of all posts by this column was taken for lists of what is not deleted, and those were sorted.
    op.drop_index("ix_post_deleted_at", "post")
    is_deleted = sa.text("deleted_at IS NOT NULL")
    op.create_index("ix_post_deleted_at", "post", ["deleted_at"], postgresql_where=is_deleted, sqlite_where=is_deleted)
