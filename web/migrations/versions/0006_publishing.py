"""Publishing: the dates, states and decisions of a post that are no words."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column whose type is exactly INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


VISIBILITIES = {"public": "Everybody", "unlisted": "Whoever has the address", "private": "Authors and editors"}
TYPES = {"post": "Post", "page": "Page"}


def upgrade() -> None:
    _make_lookup("post_visibility_lookup", VISIBILITIES)
    _add_code("post_visibility_lookup", "public")
    _make_lookup("post_type_lookup", TYPES)
    _add_code("post_type_lookup", "post")
    op.add_column("post", sa.Column("menu_order", sa.Integer(), nullable=True))
    _add_rows("post_status_lookup", {"review": "In review"})
    for name in ("earlier_published_at", "comments_close_at", "featured_at"):
        op.add_column("post", sa.Column(name, MOMENT, nullable=True))
    for name in ("canonical_url", "social_image"):
        op.add_column("post", sa.Column(name, sa.String(length=500), nullable=False, server_default=""))
    op.add_column("post", sa.Column("is_kept_from_robots", sa.Boolean(), nullable=False, server_default=sa.false()))
    _make_indexes()
    _make_preview_links()
    _make_series()


def _make_lookup(name: str, rows: dict[str, str]) -> None:
    op.create_table(
        name,
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("code", name=f"pk_{name}"),
    )
    _add_rows(name, rows)


def _add_rows(lookup: str, rows: dict[str, str]) -> None:
    table = sa.table(lookup, sa.column("code", sa.String), sa.column("name", sa.String))
    op.bulk_insert(table, [{"code": code, "name": text} for code, text in rows.items()])


def _add_code(lookup: str, default: str) -> None:
    # In one clause: SQLite could add the foreign key later only by making the whole table again.
    op.execute(
        f"ALTER TABLE post ADD COLUMN {lookup}_code VARCHAR(20) DEFAULT '{default}' NOT NULL"
        f" CONSTRAINT fk_post_{lookup}_code REFERENCES {lookup} (code)"
    )


def _make_indexes() -> None:
    op.drop_index("ix_post_public", "post")
    is_public = sa.text(
        "post_status_lookup_code = 'published' AND post_visibility_lookup_code = 'public'"
        " AND post_type_lookup_code = 'post' AND deleted_at IS NULL"
    )
    op.create_index(
        "ix_post_public", "post", ["published_at", "id"], postgresql_where=is_public, sqlite_where=is_public
    )
    is_page = sa.text("post_type_lookup_code = 'page'")
    op.create_index("ix_post_menu_order", "post", ["menu_order", "id"], postgresql_where=is_page, sqlite_where=is_page)
    is_featured = sa.text("featured_at IS NOT NULL")
    op.create_index(
        "ix_post_featured_at", "post", ["featured_at", "id"], postgresql_where=is_featured, sqlite_where=is_featured
    )
    in_review = sa.text("post_status_lookup_code = 'review' AND deleted_at IS NULL")
    op.create_index(
        "ix_post_in_review", "post", ["updated_at", "id"], postgresql_where=in_review, sqlite_where=in_review
    )
    # An index of all posts by this column was taken for lists of what is not deleted, and those were sorted.
    op.drop_index("ix_post_deleted_at", "post")
    is_deleted = sa.text("deleted_at IS NOT NULL")
    op.create_index("ix_post_deleted_at", "post", ["deleted_at"], postgresql_where=is_deleted, sqlite_where=is_deleted)


def _make_preview_links() -> None:
    op.create_table(
        "preview_link",
        sa.Column("id", KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("creator_user_id", KEY, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_preview_link_post_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["creator_user_id"], ["user.id"], name="fk_preview_link_creator_user_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_preview_link"),
        sa.UniqueConstraint("token_hash", name="uq_preview_link_token_hash"),
    )
    op.create_index("ix_preview_link_post_id", "preview_link", ["post_id"])
    op.create_index("ix_preview_link_creator_user_id", "preview_link", ["creator_user_id"])


def _make_series() -> None:
    op.create_table(
        "series",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint("slug", name="uq_series_slug"),
    )
    op.create_table(
        "post_series_association",
        sa.Column("series_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name="fk_post_series_association_series_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_post_series_association_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("series_id", "post_id", name="pk_post_series_association"),
        sa.UniqueConstraint("post_id", name="uq_post_series_association_post_id"),
    )
