"""The lists of everybody are read from the index of what everybody may read, whatever the time is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.clock import Clock
from tests.support.dialects import on_mariadb
from tests.support.factories import Make
from tests.support.plans import plan_of, sorts, statements_of
from web.archive.queries import archived, first_and_last_publication
from web.database import Database
from web.feeds.queries import newest_posts
from web.home.queries import home
from web.models.post import Post
from web.posts.cursor import Cursor
from web.posts.lists import newest
from web.posts.queries import PAGE_SIZE, newest_public

INDEX = "ix_post_public"


@pytest.mark.parametrize("name", ["home", "older", "others", "archive", "ends", "feed"])
def test_it_serves_the_lists(database: Database, make: Make, clock: Clock, name: str) -> None:
    ada = make.user(role="author")
    for number in range(50):
        make.post(ada, published_at=clock.now - timedelta(days=number), published=number % 2 == 0)
    before = Cursor(clock.now - timedelta(days=5), 3)
    reads = {
        "home": lambda session: home(session, clock.now),
        "older": lambda session: home(session, clock.now, before),
        "others": lambda session: newest_public(session, clock.now),
        "archive": lambda session: archived(session, clock.now, 10, before, None),
        "ends": lambda session: first_and_last_publication(session, clock.now),
        "feed": lambda session: newest_posts(session, clock.now),
    }
    with database.session() as session:
        seen = statements_of(database, session, reads[name])
        plan = plan_of(session, *next(found for found in seen if "published_at" in found[0]))
    assert INDEX in plan, plan
    assert not sorts(plan), plan


@on_mariadb
def test_a_page_from_the_middle_reads_no_more_rows_than_the_first(database: Database, make: Make, clock: Clock) -> None:
    ada = make.user(role="author")
    for number in range(60):
        make.post(ada, published_at=clock.now - timedelta(days=number))
    rows = [rows_read(database, clock, before) for before in (None, Cursor(clock.now - timedelta(days=45), 46))]
    assert rows[1] <= rows[0] + 2


def rows_read(database: Database, clock: Clock, before: Cursor | None) -> int:
    """How many rows the database looked at for a page, backwards in an index."""
    handled = "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'HANDLER_READ_PREV'"
    with database.session(read_only=True) as session:
        connection = session.connection()
        connection.exec_driver_sql("FLUSH STATUS")
        statement = newest(select(Post.id).where(Post.is_listed_at(clock.now)), Post.published_at, before)
        assert len(session.scalars(statement.limit(PAGE_SIZE)).all()) == PAGE_SIZE
        return int(connection.exec_driver_sql(handled).scalar_one())
