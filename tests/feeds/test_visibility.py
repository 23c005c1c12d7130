"""What is hidden stands nowhere: one blog with every kind of hidden thing, and every address that lists."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.htmx import as_htmx
from web.models.slug import Slug
from web.models.user import User

LISTS = ["/", "/archive", "/archive?year=2026", "/tags", "/tags/shared", "/authors/ada"]
FEEDS = [
    f"{scope}{name}"
    for scope in ("", "/tags/shared", "/authors/ada")
    for name in ("/feed.xml", "/rss.xml", "/feed.json")
]
OTHERS = ["/comments/feed.xml", "/sitemap.xml", "/sitemap-0.xml", "/sitemap-1.xml", "/posts/public", "/robots.txt"]
EVERYWHERE = [*LISTS, *FEEDS, *OTHERS]
STATES = ["draft", "withdrawn", "scheduled", "private", "unlisted", "deleted", "deleted-draft"]
AT_HIDDEN = ["/posts/heron-{}", "/posts/heron-{}.md", "/posts/old-heron-{}", "/posts/old-heron-{}.md"]


@pytest.fixture
def ada(make: Make, clock: Clock) -> User:
    """Everything that is hidden has a heron in it."""
    ada = make.user("ada", role="author")
    public = make.post(ada, title="Public", tags="shared")
    withdrawn = datetime(2026, 11, 21, tzinfo=UTC)
    columns = {
        "draft": {"published": False},
        "withdrawn": {"published": False, "published_at": withdrawn},
        "scheduled": {"published_at": clock.now + timedelta(microseconds=1)},
        "private": {"post_visibility_lookup_code": "private"},
        "unlisted": {"post_visibility_lookup_code": "unlisted"},
        "deleted": {"deleted_at": clock.now},
        "deleted-draft": {"published": False, "deleted_at": clock.now},
    }
    for state in STATES:
        post = make.post(
            [ada, make.user(f"heron-{state}")],
            title=f"Heron {state}",
            body="A heron.",
            summary="Heron.",
            tags=f"shared, heron {state}",
            **columns[state],
        )
        make.add(Slug(slug=f"old-heron-{state}", post_id=post.id, created_at=clock.now))
        make.comment(post, ada, body="Under the heron.")
    for status, deleted_at in (("pending", None), ("rejected", None), ("approved", clock.now)):
        body = "" if deleted_at else "A heron."
        make.comment(public, guest_name="Heron" if body else "", body=body, status=status, deleted_at=deleted_at)
    return ada


@pytest.mark.usefixtures("ada")
def test_nothing_hidden_is_shown_to_strangers(client: TestClient) -> None:
    for headers in ({}, as_htmx):
        found = {address: client.get(address, headers=headers) for address in EVERYWHERE}
        assert [address for address, response in found.items() if response.status_code != 200] == []
        assert [address for address, response in found.items() if "heron" in response.text.lower()] == []


@pytest.mark.usefixtures("ada")
def test_what_is_public_is_in_all_lists(client: TestClient) -> None:
    for address in LISTS[:3] + LISTS[4:] + FEEDS:
        assert "Public" in client.get(address).text
    assert "/posts/public" in client.get("/sitemap.xml").text


@pytest.mark.usefixtures("ada")
def test_addresses_of_what_is_hidden_are_not_found(client: TestClient) -> None:
    hidden = [address.format(state) for address in AT_HIDDEN for state in STATES if state != "unlisted"]
    hidden += [
        f"/{kind}/heron-{state}{feed}" for kind in ("tags", "authors") for state in STATES for feed in ("", "/rss.xml")
    ]
    found = {address: client.get(address) for address in hidden}
    assert [address for address, response in found.items() if response.status_code != 404] == []


def test_their_author_does_not_find_them_in_public_lists_either(ada: User, sign_in: SignIn) -> None:
    browser = sign_in(ada)
    assert [address for address in LISTS + FEEDS if "heron" in browser.get(address).text.lower()] == []
    assert [state for state in STATES if browser.get(f"/posts/heron-{state}").status_code != 200] == []
