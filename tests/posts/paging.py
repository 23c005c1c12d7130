"""Goes through a list the way readers do: by the link without htmx, and by what htmx appends."""

from starlette.testclient import TestClient

from tests.support.html import soup
from tests.support.htmx import as_htmx

TITLES = ".post-summary-title"


def all_pages(client: TestClient, address: str, titles: str = TITLES) -> list[str]:
    """The titles on all pages, following "Older posts" to the end."""
    return _follow(client, address, titles, {})


def all_fragments(client: TestClient, address: str, titles: str = TITLES) -> list[str]:
    """The same as htmx does it: the first is a page, the others are what it appends."""
    return _follow(client, address, titles, as_htmx)


def _follow(client: TestClient, address: str, titles: str, headers: dict[str, str]) -> list[str]:
    so_far, found = list[str](), soup(client.get(address))
    while True:
        so_far += found.texts(titles)
        if not found.has("a[rel=next]"):
            return so_far
        link = found.one("a[rel=next]")
        assert link.attributes["href"] == link.attributes["data-hx-get"]
        found = soup(client.get(found.link("Older posts"), headers=headers))
