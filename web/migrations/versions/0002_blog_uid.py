"""A name for the blog that no change of its domain touches: its feeds are known by it."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SETTING = sa.table("setting", sa.column("name", sa.String), sa.column("value", sa.Text))


def upgrade() -> None:
    op.bulk_insert(SETTING, [{"name": "uid", "value": str(uuid4())}])
