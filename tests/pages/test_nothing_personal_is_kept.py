"""Nothing that is one person's is ever kept for others: everybody opens every address, and a canary sings."""

import pytest
from starlette.testclient import TestClient

from tests.pages.test_every_page import PAGES
from tests.support.clients import SignIn
from tests.support.dialects import where_pages_are_kept
from tests.support.factories import Make
from tests.support.waiting import wait_for
from web.app import Colophon
from web.http.cached_page import CachedPage
from web.models.series import PostSeriesAssociation, Series
from web.models.user import Role, User
from web.routes import ROUTES, SHARED

CANARY = "canary"
FEEDS = ["/posts/shown.md", "/posts/hidden.md", "/feed.xml", "/rss.xml", "/feed.json", "/comments/feed.xml"]
ADDRESSES = [
    *(address for addresses in PAGES.values() for address in addresses),
    *FEEDS,
    *(f"/{part}/{feed}" for part in ("tags/first", "authors/ada") for feed in ("feed.xml", "rss.xml", "feed.json")),
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/robots.txt",
    "/nothing",
]
ROLES = [Role.READER, Role.CONTRIBUTOR, Role.AUTHOR, Role.EDITOR, Role.OWNER]


@pytest.fixture
def people(make: Make) -> list[User]:
    """One of each role, with things that only they may see."""
    ada = make.user("ada", role="author")
    shown = make.post(ada, title="Shown", tags="First, second")
    make.post(ada, title="Hidden", body=f"A {CANARY} of an author.", published=False)
    make.comment(shown, None, body=f"A {CANARY} that waits.", status="pending")
    make.add(Series(id=1, slug="birds", title="Birds", description="All of them."))
    make.add(PostSeriesAssociation(series_id=1, post_id=shown.id, position=1))
    make.post(ada, title="About", post_type_lookup_code="page", menu_order=1)
    people = [make.user(f"{CANARY}-{role}", role=role, display_name=f"The {CANARY} {role}") for role in ROLES]
    for person in people:
        make.message(person, subject=f"A {CANARY} to one")
        make.rescued_text(person, title=f"A {CANARY} that was rescued")
    return people


def kept(app: Colophon) -> list[tuple[tuple[object, ...], CachedPage]]:
    """Everything that is in the cache now, with what it was asked by."""
    return list(app.middleware_stack.pages.items())  # type: ignore[union-attr]


@where_pages_are_kept
def test_nobody_sees_anybody_elses(
    app: Colophon, people: list[User], sign_in: SignIn, client: TestClient, make: Make
) -> None:
    wait_for(lambda: app.state.database.changes.version() is not None)
    browsers = [sign_in(person) for person in people]
    for address in ADDRESSES:
        for browser in browsers:
            browser.get(address)
    pages = kept(app)
    assert {key[0] for key, _ in pages} >= set(ROLES), "something is kept for each role"
    for key, page in pages:
        assert not any(CANARY.encode() in part for part in page.shared), key
        assert not any(name == b"set-cookie" or CANARY.encode() in value for name, value in page.headers), key
    for reader in (client, sign_in(make.user("third"))):
        for address in ADDRESSES:
            answer = reader.get(address)
            assert CANARY not in answer.text, address
            assert CANARY not in str(answer.headers), address


def test_every_shared_address_is_looked_at() -> None:
    patterns = {route.name: route.path_regex for route in ROUTES if route.name in SHARED}
    paths = [address.partition("?")[0] for address in ADDRESSES]
    assert {name for name, pattern in patterns.items() if not any(map(pattern.match, paths))} == set()
