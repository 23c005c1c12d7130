"""Lists that are as quick among a million posts: authors and tags know from when on their posts stand in lists."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BEGINNING = sa.text("'1970-01-01 00:00:00'")
FILL = (
    """UPDATE post SET listed_at = published_at
       WHERE post_status_lookup_code = 'published' AND post_visibility_lookup_code = 'public'
         AND post_type_lookup_code = 'post' AND deleted_at IS NULL""",
    """UPDATE user_post_association SET
       listed_at = (SELECT post.listed_at FROM post WHERE post.id = user_post_association.post_id),
       changed_at = (SELECT post.updated_at FROM post WHERE post.id = user_post_association.post_id)""",
    """UPDATE post_tag_association SET
       listed_at = (SELECT post.listed_at FROM post WHERE post.id = post_tag_association.post_id)""",
    """UPDATE tag SET listed_count = (SELECT count(*) FROM post_tag_association
       WHERE post_tag_association.tag_id = tag.id AND post_tag_association.listed_at IS NOT NULL)""",
)
BYLINE, TAGGED = "user_post_association", "post_tag_association"


def upgrade() -> None:
    for name in ("post", BYLINE, TAGGED):
        op.add_column(name, sa.Column("listed_at", MOMENT, nullable=True))
    op.add_column(BYLINE, sa.Column("changed_at", MOMENT, nullable=False, server_default=BEGINNING))
    op.add_column("tag", sa.Column("listed_count", sa.Integer(), nullable=False, server_default=sa.text("0")))
    for statement in FILL:
        op.execute(statement)
    op.create_index(f"ix_{BYLINE}_listed", BYLINE, ["user_id", "listed_at", "post_id"])
    op.create_index(f"ix_{BYLINE}_changed", BYLINE, ["user_id", "changed_at", "post_id"])
    is_draft = sa.text("post_status_lookup_code = 'draft' AND deleted_at IS NULL")
    op.create_index("ix_post_draft", "post", ["updated_at", "id"], postgresql_where=is_draft, sqlite_where=is_draft)
    op.create_index(f"ix_{TAGGED}_listed", TAGGED, ["tag_id", "listed_at", "post_id"])
