"""Nothing is in one process that another must know: two servers on one database are one blog.

On SQLite they share a machine and its data folder. On PostgreSQL they share the database, a bucket and the secret
key, and each has a data folder of its own, like two machines.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from tests.media.conftest import s3_address, s3_settings
from tests.media.samples import picture, saved
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.server import Server
from web.accounts.rules import FAILURES
from web.settings import Settings

__all__ = ["s3_address", "s3_settings"]

TIMEOUT_SECONDS = 60
# What pages and feeds say must not depend on who is asked.
PUBLIC = {"COLOPHON_BASE_URL": "http://blog.example"}
FIELDS = {"title": "Notes on Engines", "description": "", "language": "en", "zone": "UTC", "sign_up": "closed"}


class Blog:
    """The addresses of the two, and browsers that may be sent to either."""

    def __init__(self, urls: list[str], stack: ExitStack) -> None:
        self.here, self.there = urls
        self._stack = stack

    def browser(self) -> httpx2.Client:
        """Cookies go to both, as they would behind a balancer with one name."""
        browser = httpx2.Client(headers={"Sec-Fetch-Site": "same-origin"}, timeout=TIMEOUT_SECONDS)
        return self._stack.enter_context(browser)

    def signed_in(self, username: str) -> httpx2.Client:
        """Somebody who has signed in here."""
        browser = self.browser()
        answer = browser.post(f"{self.here}/sign-in", data={"login": username, "password": PASSWORD})
        assert answer.status_code == 303
        return browser


def machines(settings: Settings, s3_settings: Settings, tmp_path: Path) -> list[Settings]:
    """The settings of both."""
    if settings.database_url.startswith("sqlite"):
        return [settings, settings]
    given = settings.model_dump(include=settings.model_fields_set)
    shared = s3_settings.model_dump(include=s3_settings.model_fields_set)
    return [Settings(**{**shared, **given, "data": tmp_path / name}) for name in ("one", "two")]


@pytest.fixture
def blog(settings: Settings, s3_settings: Settings, tmp_path: Path, make: Make) -> Iterator[Blog]:
    make.user("eve", role="owner")
    make.user("ada", role="author")
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(each, PUBLIC)) for each in machines(settings, s3_settings, tmp_path)]
        yield Blog([server.url for server in servers], stack)


def test_what_happens_at_one_the_other_knows_at_once(blog: Blog) -> None:
    ada, eve, stranger = blog.signed_in("ada"), blog.signed_in("eve"), blog.browser()
    sessions_are_shared(blog, ada)
    words_are_shared(blog, ada, stranger)
    settings_are_shared(blog, eve, stranger)
    images_are_shared(blog, ada, stranger)
    leaving_is_shared(blog, ada)
    failures_are_counted_together(blog)


def sessions_are_shared(blog: Blog, ada: httpx2.Client) -> None:
    assert ada.get(f"{blog.here}/account").status_code == 200
    assert ada.get(f"{blog.there}/account").status_code == 200


def words_are_shared(blog: Blog, ada: httpx2.Client, stranger: httpx2.Client) -> None:
    """Written here, published there, with what is said about it, read by a stranger here."""
    draft = ada.post(f"{blog.here}/write", data={"title": "Two machines", "body": "Some words."})
    where = httpx2.URL(draft.headers["location"]).path
    published = ada.post(f"{blog.there}{where}/publication")
    assert published.status_code == 303
    assert stranger.get(f"{blog.here}/posts/two-machines").status_code == 200
    assert "Two machines" in stranger.get(f"{blog.there}/feed.xml").text
    tag = stranger.get(f"{blog.here}/feed.xml").headers["etag"]
    assert stranger.get(f"{blog.there}/feed.xml", headers={"If-None-Match": tag}).status_code == 304


def settings_are_shared(blog: Blog, eve: httpx2.Client, stranger: httpx2.Client) -> None:
    for turn in range(3):
        title = f"Notes on Engines, {turn}"
        assert "Notes on Engines, 2" not in stranger.get(blog.there).text
        assert eve.post(f"{blog.here}/manage/settings", data=FIELDS | {"title": title}).status_code == 303
        assert title in stranger.get(blog.there).text


def images_are_shared(blog: Blog, ada: httpx2.Client, stranger: httpx2.Client) -> None:
    content = saved(picture(500, 300))
    for turn in range(2):
        answer = ada.post(
            f"{blog.here if turn == 0 else blog.there}/media",
            files={"file": ("a.png", content)},
            headers={"Accept": "application/json"},
        )
        assert answer.status_code in (200, 201), answer.text
        shown = [stranger.get(f"{url}{answer.json()['url']}") for url in (blog.here, blog.there)]
        assert [each.status_code for each in shown] == [200, 200]
        assert shown[0].content == shown[1].content


def leaving_is_shared(blog: Blog, ada: httpx2.Client) -> None:
    cookies = dict(ada.cookies)
    assert ada.post(f"{blog.here}/sign-out").status_code == 303
    kept = blog.browser()
    kept.cookies.update(cookies)
    assert kept.get(f"{blog.there}/account").status_code == 303
    assert kept.get(f"{blog.here}/account").status_code == 303


def failures_are_counted_together(blog: Blog) -> None:
    guesser, wrong = blog.browser(), {"login": "ada", "password": "wrong horse battery"}
    for turn in range(FAILURES):
        url = blog.here if turn % 2 else blog.there
        assert guesser.post(f"{url}/sign-in", data=wrong).status_code == 422
    for url in (blog.here, blog.there):
        assert guesser.post(f"{url}/sign-in", data=wrong).status_code == 429
