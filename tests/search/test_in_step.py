"""What searches know is what is stored, whatever happened."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select, text, update
from starlette.testclient import TestClient

from tests.search.conftest import FOUND
from tests.support.clients import SignIn
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.in_step import Send, looking_after
from web.accounts.queries import find_user
from web.cli import main
from web.database import Database
from web.drafts.actions import purge_deleted
from web.models.post import Post
from web.models.search import CommentSearch, PostSearch, SearchWord, TagSearch, UserSearch
from web.rendering.actions import render_everything
from web.search.actions import index_stored_posts
from web.search.upkeep.actions import find_faults, rebuild
from web.search.upkeep.queries import is_unfilled
from web.transfer.demo import fill

TABLES = (PostSearch, CommentSearch, UserSearch, TagSearch)


def faults(database: Database) -> dict[str, int]:
    with database.session() as session:
        return find_faults(session)


def found(browser: TestClient, words: str) -> list[str]:
    return soup(browser.get("/search", params={"q": words})).texts(FOUND)


@pytest.fixture(params=[{}, as_htmx], ids=["plain", "htmx"])
def send(request: pytest.FixtureRequest, database: Database) -> Send:
    """Sends a form, and looks at everything afterwards."""
    return looking_after(database, request.param, faults)


def test_it_stays_in_step_with_words_and_authors(make: Make, sign_in: SignIn, client: TestClient, send: Send) -> None:
    ada, bea = make.user("ada", role="author"), make.user("bea", role="author", display_name="Béatrice")
    browser = sign_in(ada)
    data = soup(browser.get("/write/new")).form("#editor")
    send(browser, "/write", **data | {"title": "Birds", "body": "A heron.", "tags": "Water, Sky", "publish": "1"})
    assert found(client, "heron tag:sky author:ada") == ["Birds"]
    data = soup(browser.get("/write/1")).form("#editor")
    send(browser, "/write/1", **data | {"title": "Fish", "body": "A *carp*.", "tags": "Water"})
    assert (found(client, "carp"), found(client, "heron"), found(client, "tag:sky")) == (["Fish"], [], [])
    send(browser, "/write/1/authors", username="bea")
    assert found(client, "author:beatrice carp") == ["Fish"]
    browser = sign_in(bea)
    send(browser, "/account/profile", display_name="Beate", bio="")
    assert (found(client, "author:beate"), found(client, "author:béatrice")) == (["Fish"], [])
    send(browser, "/write/1/authors/ada/removal")
    assert found(client, "author:ada") == []


def test_it_stays_in_step_with_states_and_comments(
    database: Database, make: Make, sign_in: SignIn, client: TestClient, send: Send
) -> None:
    ada = make.user("ada", role="author")
    browser = sign_in(ada)
    data = soup(browser.get("/write/new")).form("#editor")
    send(browser, "/write", **data | {"title": "Birds", "body": "A heron.", "tags": "Water"})
    assert (found(client, "heron"), found(browser, "heron")) == ([], ["Birds"])
    data = soup(browser.get("/write/1")).form("#editor")
    send(browser, "/write/1/publication", **data | {"body": "A stork."})
    assert (found(client, "heron"), found(client, "stork")) == ([], ["Birds"])
    send(browser, "/posts/birds/comments", body="A remark.")
    send(browser, "/comments/1", body="Another remark.")
    send(browser, "/write/1/publication/withdrawal")
    base = soup(browser.get("/write/1")).form("#editor")["base"]
    send(browser, "/write/1/history/1/restoration", base=base)
    assert (found(client, "heron"), found(browser, "heron")) == ([], ["Birds"])
    send(browser, "/write/1/deletion")
    assert found(browser, "heron") == []
    with database.session() as session:
        purge_deleted(session, make.clock.now + timedelta(days=40))
    assert faults(database) == {}
    with database.session(read_only=True) as session:
        assert session.scalars(select(func.count(PostSearch.post_id))).one() == 0


def test_the_demonstration_and_rendering_keep_it(database: Database, make: Make) -> None:
    owner = make.user("olga", role="owner")
    with database.session() as session:
        user = find_user(session, owner.id)
        assert user is not None
        fill(session, user, make.clock.now)
    assert faults(database) == {}
    assert sum(render_everything(database)) > 10
    assert faults(database) == {}


def test_what_is_rolled_back_is_not_found(database: Database, make: Make, client: TestClient) -> None:
    post = make.post(title="Birds", body="A heron.")

    with database.session() as session:
        session.execute(update(Post).values(title="Fish", body_html="<p>A carp.</p>"))
        index_stored_posts(session, [post.id])
        session.rollback()
    assert (found(client, "heron"), found(client, "carp")) == (["Birds"], [])
    assert faults(database) == {}


def test_a_blog_from_before_is_filled(database: Database, make: Make, client: TestClient) -> None:
    ada = make.user("ada", role="author")
    make.comment(make.post(ada, title="Heron", tags="Water"), ada)
    with database.session() as session:
        for table in (*TABLES, SearchWord):
            session.execute(delete(table))
    assert found(client, "heron") == []
    assert faults(database).keys() >= {"posts", "people", "comments", "tags"}
    with database.session(read_only=True) as session:
        assert is_unfilled(session)
    assert sum(rebuild(database)) == 4
    assert faults(database) == {}
    assert found(client, "heron tag:water author:ada") == ["Heron"]
    with database.session(read_only=True) as session:
        assert not is_unfilled(session)


@on_sqlite
def test_sqlite_has_the_index_in_one_piece_when_it_was_made_anew(database: Database, make: Make) -> None:
    def pieces() -> object:
        with database.session(read_only=True) as session:
            return session.scalar(text("SELECT count(DISTINCT segid) FROM post_search_index_idx"))

    for number in range(3):
        make.post(title=f"Heron {number}")
    assert pieces() == 3
    sum(rebuild(database))
    assert pieces() == 1


def test_an_index_out_of_step_is_seen_and_mended(database: Database, make: Make) -> None:
    make.post(title="Heron")
    with database.session() as session:
        session.execute(update(PostSearch).values(words="something else ¦"))
    known = faults(database)
    # Where an engine is given tokens, they are those of other words now.
    assert known == {"posts": 1} | ({"index of posts": 1} if database.dialect == "mariadb" else {})
    sum(rebuild(database))
    assert faults(database) == {}


def test_another_language_brings_other_forms_together(make: Make, sign_in: SignIn, client: TestClient) -> None:
    make.post(title="Vögel", body="Die Häuser der Reiher.")
    assert found(client, "hauses ") == []
    owner = sign_in(make.user("olga", role="owner"))
    data = soup(owner.get("/manage/settings")).form("main form")
    assert owner.post("/manage/settings", data=data | {"language": "de"}).status_code == 303
    assert found(client, "hauses ") == ["Vögel"]


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOPHON_DATA", str(tmp_path))
    run = CliRunner().invoke
    assert run(main, ["demo"]).exit_code == 0
    checked = run(main, ["search", "check"])
    assert (checked.exit_code, checked.output) == (0, "Searches know everything that is stored.\n")
    with Database(f"sqlite:///{tmp_path / 'colophon.sqlite3'}").session() as session:
        session.execute(delete(TagSearch))
    checked = run(main, ["search", "check"])
    assert checked.exit_code == 1
    assert "search rebuild" in checked.output
    assert run(main, ["search", "rebuild"]).exit_code == 0
    assert run(main, ["search", "check"]).exit_code == 0
