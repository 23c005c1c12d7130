"""Who locks a row to change it holds that row, and none of those that are read with it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.support.dialects import on_servers
from tests.support.factories import Make
from web.comments.queries import find_answerable
from web.database import Database
from web.html.pictures import Picture
from web.media.queries import find_media
from web.posts.queries import find_for_editing

pytestmark = on_servers


def is_held(database: Database, table: str) -> bool:
    """Whether somebody holds a row of the table."""
    with database.open_session() as session:
        try:
            session.execute(text(f'SELECT * FROM "{table}" FOR UPDATE NOWAIT'))
        except OperationalError:
            return True
    return False


def test_a_post_is_held_without_its_authors_and_tags(database: Database, make: Make) -> None:
    post = make.post(make.user("ada", role="author"), tags="paper")
    with database.session() as session:
        found = find_for_editing(session, post.id, lock=True)
        assert found is not None
        assert ([user.username for user in found.authors], [tag.name for tag in found.tags]) == (["ada"], ["paper"])
        tables = ("post", "user", "tag", "post_tag_association", "user_post_association")
        assert [name for name in tables if is_held(database, name)] == ["post"]


def test_an_image_is_held_without_its_owner(database: Database, make: Make) -> None:
    media = make.media(make.user("ada", role="author"), Picture("a" * 32, 40, 30, "png"))
    with database.session() as session:
        assert find_media(session, media.id, hold=True) is not None
        assert [name for name in ("media", "user") if is_held(database, name)] == ["media"]


def test_a_comment_that_is_answered_is_held_against_removal_without_its_writer(database: Database, make: Make) -> None:
    comment = make.comment(post := make.post(), make.user("ada"))
    with database.session() as session, database.session() as other:
        for each in (session, other):
            assert find_answerable(each, post, comment.id, hold=True) is not None
        assert [name for name in ("comment", "user") if is_held(database, name)] == ["comment"]


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_lock_ends_with_its_unit_of_work(database: Database, make: Make, is_committed: bool) -> None:
    post = make.post()
    with database.open_session() as session:
        find_for_editing(session, post.id, lock=True)
        assert is_held(database, "post")
        session.commit() if is_committed else session.rollback()
        assert not is_held(database, "post")
