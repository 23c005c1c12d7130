"""What lists are found by says what the posts say, whatever happened to them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.in_step import Send, looking_after
from web.accounts.queries import find_user
from web.cli import main
from web.database import Database
from web.listing.actions import find_faults, keep_listed, rebuild
from web.models.post import Post, UserPostAssociation
from web.models.tag import PostTagAssociation, Tag
from web.posts.lists import in_tag, written_by
from web.posts.queries import find_for_editing, newest_public
from web.tags.queries import tags_in_use
from web.transfer.demo import fill


def faults(database: Database) -> dict[str, int]:
    with database.session(read_only=True) as session:
        return find_faults(session)


def numbers(database: Database, clock: Clock) -> dict[str, int]:
    """The tags that readers see, with their numbers; they are what their lists show."""
    with database.session(read_only=True) as session:
        found = {tag.slug: tag.post_count for tag in tags_in_use(session, clock.now)}
        for tag in session.scalars(select(Tag)):
            assert len(newest_public(session, clock.now, None, in_tag(tag.id)).items) == found.get(tag.slug, 0)
    return found


@pytest.fixture(params=[{}, as_htmx], ids=["plain", "htmx"])
def send(request: pytest.FixtureRequest, database: Database) -> Send:
    """Sends a form, and looks at everything afterwards."""
    return looking_after(database, request.param, faults)


def test_it_stays_in_step_with_words_tags_and_authors(
    database: Database, make: Make, clock: Clock, sign_in: SignIn, send: Send
) -> None:
    ada, bea = make.user("ada", role="author"), make.user("bea", role="author")
    browser = sign_in(ada)
    data = soup(browser.get("/write/new")).form("#editor")
    send(browser, "/write", **data | {"title": "Birds", "body": "A heron.", "tags": "Water, Sky", "publish": "1"})
    assert numbers(database, clock) == {"water": 1, "sky": 1}
    clock.advance(minutes=1)
    data = soup(browser.get("/write/1")).form("#editor")
    send(browser, "/write/1", **data | {"title": "Fish", "body": "A carp.", "tags": "Water, Food"})
    assert numbers(database, clock) == {"water": 1, "food": 1}
    send(browser, "/write/1/authors", username="bea")
    with database.session(read_only=True) as session:
        assert [post.title for post in newest_public(session, clock.now, None, written_by(bea.id)).items] == ["Fish"]
    send(browser, "/write/1/authors/bea/removal")
    send(browser, "/write/1/publication/withdrawal")
    assert numbers(database, clock) == {}


def test_it_stays_in_step_with_states_and_dates(
    database: Database, make: Make, clock: Clock, sign_in: SignIn, send: Send
) -> None:
    owner = make.user("olga", role="owner")
    make.post(owner, title="Birds", tags="Water")
    browser = sign_in(owner)

    def settings() -> dict[str, str]:
        return soup(browser.get("/write/1/settings")).form("form[action$='/settings']")

    for visibility, number in (("unlisted", {}), ("private", {}), ("public", {"water": 1})):
        clock.advance(minutes=1)
        send(browser, "/write/1/settings", **settings() | {"visibility": visibility})
        assert numbers(database, clock) == number
    send(browser, "/write/1/settings", **settings() | {"published_at": "2024-05-06T07:08"})
    assert numbers(database, clock) == {"water": 1}
    send(browser, "/write/1/page", menu_order="1")
    assert numbers(database, clock) == {}
    send(browser, "/write/1/page/removal")
    send(browser, "/write/1/deletion")
    assert numbers(database, clock) == {}
    send(browser, "/write/1/deletion/undo")
    assert numbers(database, clock) == {"water": 1}


def test_what_is_scheduled_counts_from_its_moment_on(database: Database, make: Make, clock: Clock) -> None:
    make.post(title="Later", tags="Water", published_at=clock.now + timedelta(hours=1))
    assert (faults(database), numbers(database, clock)) == ({}, {})
    clock.advance(hours=1)
    assert numbers(database, clock) == {"water": 1}


def test_nothing_is_written_where_nothing_changed(
    database: Database, make: Make, counted: Callable[..., object]
) -> None:
    post = make.post(tags="Water")
    with database.session() as session:
        found = find_for_editing(session, post.id)
        assert found is not None
        with counted() as statements:  # type: ignore[attr-defined]
            keep_listed(session, found)
            session.flush()
    assert statements == []


def test_the_demonstration_keeps_it(database: Database, make: Make) -> None:
    owner = make.user("olga", role="owner")
    with database.session() as session:
        user = find_user(session, owner.id)
        assert user is not None
        fill(session, user, make.clock.now)
    assert faults(database) == {}


def test_what_is_out_of_step_is_seen_and_mended(database: Database, make: Make) -> None:
    make.post(tags="Water, Sky")
    with database.session() as session:
        session.execute(update(Post).values(listed_at=None))
        session.execute(update(UserPostAssociation).values(listed_at=None))
        session.execute(update(PostTagAssociation).values(listed_at=None))
        session.execute(update(Tag).values(listed_count=7))
    assert faults(database) == {"posts": 1, "numbers": 2}
    with database.session() as session:
        rebuild(session)
    assert faults(database) == {}


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOPHON_DATA", str(tmp_path))
    run = CliRunner().invoke
    assert run(main, ["demo"]).exit_code == 0
    assert run(main, ["lists", "check"]).output == "Lists show everything that is stored.\n"
    with Database(f"sqlite:///{tmp_path / 'colophon.sqlite3'}").session() as session:
        session.execute(update(Tag).values(listed_count=0))
    checked = run(main, ["lists", "check"])
    assert (checked.exit_code, "lists rebuild" in checked.output) == (1, True)
    assert run(main, ["lists", "rebuild"]).exit_code == 0
    assert run(main, ["lists", "check"]).exit_code == 0
