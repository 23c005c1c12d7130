"""Lists of tags, authors and writers are found in order by an index, not by sorting or passing by other posts."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support import databases
from tests.support.clock import Clock
from tests.support.dialects import DIALECTS, on_sqlite
from tests.support.factories import Make
from tests.support.plans import plan_of, statements_of
from web.archive.queries import archived, periods_with_posts
from web.authors.queries import find_author
from web.database import Database
from web.drafts.queries import own_posts
from web.feeds.queries import last_post_id, newest_comments, newest_posts, sitemap_names, sitemap_posts
from web.home.queries import home
from web.models.user import User
from web.posts.cursor import Cursor
from web.posts.lists import in_tag, written_by
from web.posts.queries import find_for_editing, newest_public
from web.publishing.queries import find_post
from web.series.queries import all_series
from web.tags.queries import find_tag, tags_in_use

Read = Callable[[Session], object]
TAGGED, WRITTEN = "ix_post_tag_association_listed", "ix_user_post_association_listed"
CHANGED, DRAFTS = "ix_user_post_association_changed", "ix_post_draft"
SCHEDULED, WITHHELD, DELETED = "ix_post_scheduled", "ix_post_withheld", "ix_post_deleted"
MOMENTS = ("published_at", "updated_at", "listed_at", "changed_at")


@pytest.fixture(scope="module", params=DIALECTS)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """One for all tests here, which only read: writing its posts takes longer than all else."""
    with databases.opened(request) as found:
        yield found


@pytest.fixture(scope="module")
def ada(database: Database) -> User:
    """Somebody with posts in a tag, some of them drafts, and comments."""
    clock = Clock()
    make = Make(database, clock)
    ada = make.user("ada", role="owner")
    for number in range(50):
        post = make.post(ada, tags="Birds", published_at=clock.now - timedelta(days=number), published=number % 2 == 0)
    make.comment(post, ada)
    return ada


def reads(clock: Clock, ada: User) -> dict[str, tuple[str, Read]]:
    """What is read, and by which index."""
    now, before = clock.now, Cursor(clock.now - timedelta(days=5), 3)
    return {
        "tag": (TAGGED, lambda session: newest_public(session, now, None, in_tag(1))),
        "older in a tag": (TAGGED, lambda session: newest_public(session, now, before, in_tag(1))),
        "feed of a tag": (TAGGED, lambda session: newest_posts(session, now, in_tag(1))),
        "author": (WRITTEN, lambda session: newest_public(session, now, None, written_by(ada.id))),
        "older of an author": (WRITTEN, lambda session: newest_public(session, now, before, written_by(ada.id))),
        "feed of an author": (WRITTEN, lambda session: newest_posts(session, now, written_by(ada.id))),
        "own": (CHANGED, lambda session: own_posts(session, now, ada, "", None)),
        "older own": (CHANGED, lambda session: own_posts(session, now, ada, "", before)),
        "own published": (CHANGED, lambda session: own_posts(session, now, ada, "published", None)),
        "own drafts": (DRAFTS, lambda session: own_posts(session, now, ada, "draft", None)),
        "drafts": (DRAFTS, lambda session: own_posts(session, now, None, "draft", None)),
        "own scheduled": (SCHEDULED, lambda session: own_posts(session, now, ada, "scheduled", None)),
        "scheduled": (SCHEDULED, lambda session: own_posts(session, now, None, "scheduled", None)),
        "own unlisted": (WITHHELD, lambda session: own_posts(session, now, ada, "unlisted", None)),
        "older private": (WITHHELD, lambda session: own_posts(session, now, None, "private", before)),
        "own deleted": (DELETED, lambda session: own_posts(session, now, ada, "deleted", None)),
        "deleted": (DELETED, lambda session: own_posts(session, now, None, "deleted", None)),
    }


# MariaDB plans by its statistics: among fifty posts it rather looks at all that are in such a state, and sorts them.
SORTED_WHERE_FEW = {"own drafts", "drafts", "older private"}


@pytest.mark.parametrize("name", reads(Clock(), User(id=1)))
def test_an_index_has_the_list_in_order(database: Database, ada: User, clock: Clock, name: str) -> None:
    if database.dialect == "mariadb" and name in SORTED_WHERE_FEW:
        pytest.skip("MariaDB sorts so few")
    index, read = reads(clock, ada)[name]
    with database.session() as session:
        plan = plan_of(session, *statements_of(database, session, read)[0])
    assert index in plan, plan
    assert not any("Sort Key" in line and any(moment in line for moment in MOMENTS) for line in plan.splitlines()), plan
    assert "B-TREE" not in plan, plan


# Without the statistics that nobody makes, SQLite plans the same for three posts and for a million.
BIG = (
    "post",
    "comment",
    "post_series_association",
    "post_tag_association",
    "user_post_association",
    "slug",
    "post_revision",
)
# What is walked along an index, or from the newest on, until enough was found.
FEW = {f"SCAN post USING INDEX {name}" for name in (DRAFTS, DELETED, "ix_post_menu_order")}
WALKED = {"SCAN post USING INDEX ix_post_updated_at", "SCAN comment", *FEW}


def everything(clock: Clock, ada: User) -> dict[str, Read]:
    """What pages read, with a key in the middle where there is one."""
    now, before = clock.now, Cursor(clock.now - timedelta(days=5), 3)
    year = now - timedelta(days=400), now - timedelta(days=35)
    return {name: read for name, (_, read) in reads(clock, ada).items()} | {
        "home": lambda session: home(session, now),
        "older": lambda session: home(session, now, before),
        "everybody's": lambda session: own_posts(session, now, None, "", None),
        "series": lambda session: all_series(session, now),
        "tags": lambda session: tags_in_use(session, now),
        "the tag": lambda session: find_tag(session, now, "birds"),
        "the author": lambda session: find_author(session, now, "ada"),
        "archive of a year": lambda session: archived(session, now, 10, before, year),
        "years": lambda session: periods_with_posts(session, now, [year, year]),
        "feed of comments": lambda session: newest_comments(session, now),
        "sitemap": lambda session: last_post_id(session, now),
        "names in the sitemap": lambda session: sitemap_names(session, now, 10),
        "file of the sitemap": lambda session: sitemap_posts(session, now, 0, 10_000),
        "post to edit": lambda session: find_for_editing(session, 1),
        "post to arrange": lambda session: find_post(session, 1),
    }


@on_sqlite
@pytest.mark.parametrize("name", everything(Clock(), User(id=1)))
def test_sqlite_never_reads_a_whole_table(database: Database, ada: User, clock: Clock, name: str) -> None:
    with database.session() as session:
        for statement in statements_of(database, session, everything(clock, ada)[name]):
            steps = [line.split("'")[1] for line in plan_of(session, *statement).splitlines() if "'" in line]
            scans = {step for step in steps if step.startswith("SCAN") and step.split()[1] in BIG}
            assert scans <= WALKED, (statement[0], steps)
            assert not any("MATERIALIZE" in step or "AUTOMATIC" in step for step in steps), (statement[0], steps)


@on_sqlite
@pytest.mark.parametrize("name", ["older", "archive of a year", "years", "older in a tag", "older of an author"])
def test_sqlite_goes_on_where_the_page_begins(database: Database, ada: User, clock: Clock, name: str) -> None:
    # Of two upper bounds of the same range it would take the first, and walk from there.
    with database.session() as session:
        statement, values = statements_of(database, session, everything(clock, ada)[name])[0]
    assert isinstance(values, tuple)
    moments = [value for value in values if isinstance(value, str) and value[:2] == "20"]
    assert f"{clock.now:%Y-%m-%d %H:%M:%S.%f}" not in moments or "featured_at" in statement, moments
