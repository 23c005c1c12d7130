"""The lists of everybody are read from the index of what everybody may read, whatever the time is."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from tests.support.clock import Clock
from tests.support.factories import Make
from web.archive.queries import archived, first_and_last_publication
from web.database import Database
from web.feeds.queries import newest_posts
from web.home.queries import home
from web.posts.cursor import Cursor
from web.posts.queries import newest_public

INDEX = "ix_post_public"


def plan_of(session: Session, statement: str, parameters: object) -> str:
    """How the database would find the rows."""
    connection = session.connection()
    explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    rows = connection.exec_driver_sql(explain + statement, parameters)  # type: ignore[arg-type]
    return "\n".join(str(row) for row in rows)


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
    seen: list[tuple[str, object]] = []

    def remember(_c: Connection, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if "published_at" in statement:
            seen.append((statement, parameters))

    with database.session() as session:
        if database.dialect == "postgresql":
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
            session.connection().exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        event.listen(database.engine, "before_cursor_execute", remember)
        reads[name](session)
        event.remove(database.engine, "before_cursor_execute", remember)
        plan = plan_of(session, *seen[0])
    assert INDEX in plan, plan
    assert "B-TREE" not in plan, "no sorting"
    assert not [line for line in plan.splitlines() if "Sort Key" in line and "published_at" in line], "no sorting"
