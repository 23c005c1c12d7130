"""Whether a post has changes that wait is said by its newest revision: an autosave writes one row instead of two."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MARK_THE_NEWEST = """
    UPDATE post_revision SET is_pending = true WHERE id IN (
        SELECT max(post_revision.id) FROM post_revision JOIN post ON post.id = post_revision.post_id
        WHERE post.has_pending_changes AND post_revision.post_revision_type_lookup_code != 'conflict'
        GROUP BY post_revision.post_id
    )
"""


def upgrade() -> None:
    op.add_column("post_revision", sa.Column("is_pending", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(MARK_THE_NEWEST)
    op.drop_column("post", "has_pending_changes")
