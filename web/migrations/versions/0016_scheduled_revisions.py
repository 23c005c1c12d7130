"""A history says of a post that it was scheduled, and not that it was published."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LOOKUP = sa.table("post_revision_type_lookup", sa.column("code", sa.String), sa.column("name", sa.String))


def upgrade() -> None:
    op.bulk_insert(LOOKUP, [{"code": "schedule", "name": "Scheduled"}])
