import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.factories import Make
from tests.support.html import soup
from web.blog.queries import load_blog
from web.database import Database
from web.models.setting import Blog


def test_without_any_setting_the_defaults_hold(database: Database, counted: Counted) -> None:
    with database.session(read_only=True) as session, counted() as statements:
        assert load_blog(session) == Blog()
    assert len(statements) == 1


def test_unknown_settings_are_left_alone(database: Database, make: Make) -> None:
    make.setting("from_a_newer_version", "1")
    make.setting("title", "Notes")
    with database.session(read_only=True) as session:
        assert load_blog(session) == Blog(title="Notes")


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "Europe", "../etc/passwd", "a\tb"])
def test_a_bad_stored_time_zone_is_utc_and_fails_no_page(client: TestClient, make: Make, zone: str) -> None:
    make.setting("zone", zone)
    post = make.post(title="A post")
    for address in ("/", f"/posts/{post.slug}"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "22 November 2026" in answer.text


def test_dates_are_shown_in_the_blog_s_time_zone(client: TestClient, make: Make) -> None:
    make.setting("zone", "Pacific/Kiritimati")
    make.post(title="A post")
    assert "23 November 2026" in client.get("/").text


@pytest.mark.parametrize("mode", ["", "junk", "OPEN"])
def test_a_bad_stored_way_of_signing_up_lets_nobody_in(client: TestClient, make: Make, mode: str) -> None:
    make.setting("sign_up", mode)
    assert not soup(client.get("/sign-up")).has("main form")
    fields = {"username": "ada", "email": "ada@example.org", "password": "correct horse battery"}
    assert client.post("/sign-up", data=fields).status_code == 403


@pytest.mark.parametrize(("stored", "expected"), [("yes", True), ("no", False), ("", False), ("Yes", False)])
def test_guests_may_comment_only_on_a_clear_yes(stored: str, expected: bool) -> None:
    assert Blog(guests=stored).guest_comments is expected
