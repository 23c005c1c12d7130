"""PostgreSQL tells of every write to a table, also of those that Colophon does not make itself."""

from web.database.announcing import announce_changes, conceal_changes, drop_function, make_function

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = (
    "comment comment_search comment_status_lookup editing_session login_session media message message_type_lookup post"
    " post_media_association post_post_association post_revision post_revision_type_lookup post_search"
    " post_series_association post_status_lookup post_tag_association post_type_lookup post_visibility_lookup"
    " preview_link rescued_text role_lookup search_word series setting sign_in_failure slug tag tag_search user"
    " user_message_association user_post_association user_search"
).split()


def upgrade() -> None:
    make_function()
    for table in TABLES:
        announce_changes(table)


def downgrade() -> None:
    for table in TABLES:
        conceal_changes(table)
    drop_function()
