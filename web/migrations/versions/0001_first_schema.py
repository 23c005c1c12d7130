"""The first schema: every table, constraint and index, and the rows of the lookup tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

LOOKUPS = {
    "role_lookup": {
        "reader": "Reader",
        "contributor": "Contributor",
        "author": "Author",
        "editor": "Editor",
        "owner": "Owner",
    },
    "post_status_lookup": {"draft": "Draft", "published": "Published"},
    "comment_status_lookup": {
        "approved": "Approved",
        "pending": "Waiting for approval",
        "rejected": "Rejected",
    },
    "message_type_lookup": {"global": "To everybody", "personal": "To one person"},
}


def upgrade() -> None:
    _make_lookups_and_settings()
    _make_people()
    _make_posts()
    _make_comments()
    _make_messages()
    _seed_lookups()


def _make_lookups_and_settings() -> None:
    op.create_table(
        "comment_status_lookup",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_comment_status_lookup"),
    )
    op.create_table(
        "message_type_lookup",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_message_type_lookup"),
    )
    op.create_table(
        "post_status_lookup",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_post_status_lookup"),
    )
    op.create_table(
        "role_lookup",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_role_lookup"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )


def _make_people() -> None:
    op.create_table(
        "user",
        sa.Column("id", KEY, nullable=False),
        sa.Column("username", sa.String(length=50), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("display_name", sa.String(length=100), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("role_lookup_code", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["role_lookup_code"], ["role_lookup.code"], name="fk_user_role_lookup_code"),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("email", name="uq_user_email"),
        sa.UniqueConstraint("username", name="uq_user_username"),
    )
    op.create_index("ix_user_role_lookup_code", "user", ["role_lookup_code"])
    op.create_table(
        "login_session",
        sa.Column("id", KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("user_agent", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_login_session_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_login_session"),
        sa.UniqueConstraint("token_hash", name="uq_login_session_token_hash"),
    )
    op.create_index("ix_login_session_user_id", "login_session", ["user_id"])
    op.create_table(
        "sign_in_failure",
        sa.Column("id", KEY, nullable=False),
        sa.Column("login", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("failed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failure"),
    )
    op.create_index("ix_sign_in_failure_address_failed_at", "sign_in_failure", ["address", "failed_at"])
    op.create_index("ix_sign_in_failure_login_failed_at", "sign_in_failure", ["login", "failed_at"])


def _make_posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.String(length=500), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("post_status_lookup_code", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["post_status_lookup_code"], ["post_status_lookup.code"], name="fk_post_post_status_lookup_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("slug", name="uq_post_slug"),
        sa.UniqueConstraint("uid", name="uq_post_uid"),
    )
    op.create_index("ix_post_deleted_at", "post", ["deleted_at"])
    op.create_index(
        "ix_post_public",
        "post",
        ["published_at", "id"],
        postgresql_where=sa.text("post_status_lookup_code = 'published' AND deleted_at IS NULL"),
        sqlite_where=sa.text("post_status_lookup_code = 'published' AND deleted_at IS NULL"),
    )
    op.create_index("ix_post_updated_at", "post", ["updated_at", "id"])
    op.create_table(
        "user_post_association",
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("byline_order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_user_post_association_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_user_post_association_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "post_id", name="pk_user_post_association"),
    )
    op.create_index("ix_user_post_association_post_id", "user_post_association", ["post_id"])
    op.create_table(
        "slug",
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("post_id", KEY, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_slug_post_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("slug", name="pk_slug"),
    )
    op.create_index("ix_slug_post_id", "slug", ["post_id"])
    op.create_table(
        "tag",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("slug", name="uq_tag_slug"),
    )
    op.create_table(
        "post_tag_association",
        sa.Column("tag_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_post_tag_association_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_post_tag_association_tag_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tag_id", "post_id", name="pk_post_tag_association"),
    )
    op.create_index("ix_post_tag_association_post_id", "post_tag_association", ["post_id"])


def _make_comments() -> None:
    op.create_table(
        "comment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=True),
        sa.Column("parent_comment_id", KEY, nullable=True),
        sa.Column("guest_name", sa.String(length=100), nullable=False),
        sa.Column("guest_email", sa.String(length=254), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("comment_status_lookup_code", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_status_lookup_code"],
            ["comment_status_lookup.code"],
            name="fk_comment_comment_status_lookup_code",
        ),
        sa.ForeignKeyConstraint(
            ["parent_comment_id"], ["comment.id"], name="fk_comment_parent_comment_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_comment_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_comment_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.UniqueConstraint("uid", name="uq_comment_uid"),
    )
    op.create_index("ix_comment_comment_status_lookup_code_id", "comment", ["comment_status_lookup_code", "id"])
    op.create_index("ix_comment_parent_comment_id", "comment", ["parent_comment_id"])
    op.create_index("ix_comment_post_id_id", "comment", ["post_id", "id"])
    op.create_index("ix_comment_user_id", "comment", ["user_id"])


def _make_messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", KEY, nullable=False),
        sa.Column("message_type_lookup_code", sa.String(length=20), nullable=False),
        sa.Column("sender_user_id", KEY, nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_type_lookup_code"],
            ["message_type_lookup.code"],
            name="fk_message_message_type_lookup_code",
        ),
        sa.ForeignKeyConstraint(["sender_user_id"], ["user.id"], name="fk_message_sender_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
    )
    op.create_index("ix_message_message_type_lookup_code_id", "message", ["message_type_lookup_code", "id"])
    op.create_index("ix_message_sender_user_id", "message", ["sender_user_id"])
    op.create_table(
        "user_message_association",
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("message_id", KEY, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_user_message_association_message_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_user_message_association_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "message_id", name="pk_user_message_association"),
    )
    op.create_index("ix_user_message_association_message_id", "user_message_association", ["message_id"])


def _seed_lookups() -> None:
    for table_name, names in LOOKUPS.items():
        table = sa.table(table_name, sa.column("code", sa.String), sa.column("name", sa.String))
        op.bulk_insert(table, [{"code": code, "name": name} for code, name in names.items()])
