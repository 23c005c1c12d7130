"""What holds for every page, whoever opens it: valid, accessible, small, and of this blog alone."""

import gzip
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import html5lib
import pytest
from selectolax.lexbor import LexborNode
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import Soup, soup
from web.app import Colophon
from web.html.markdown import render_post
from web.html.pictures import Picture
from web.models.post import Post
from web.models.preview_link import PreviewLink
from web.models.series import PostSeriesAssociation, Series
from web.models.user import User
from web.routes import ROUTES
from web.settings import find_folder

BODY = """## A head

Words[^1], `code`, [a link](https://example.org/) and ![an image](/static/icons/favicon.svg "Title").

```python
x = "y"
```

| a | b |
|---|---|
| 1 | 2 |

- [ ] to do
- [x] done

Term
: Meaning

> Quoted.

[^1]: A note.
"""

TOKEN = "0" * 43

# Every address that GET answers with a page, by the name of its route.
PAGES = {
    "posts.index": ["/", "/?before=20300101T000000000000-1", "/?before=20000101T000000000000-1"],
    "posts.show": ["/posts/shown", "/posts/hidden"],
    "pages.show": ["/about"],
    "archive.index": ["/archive"],
    "search.index": ["/search", "/search?q=words", "/search?q=nowhere"],
    "tags.index": ["/tags"],
    "tags.show": ["/tags/first"],
    "authors.show": ["/authors/ada"],
    "series.index": ["/series"],
    "series.show": ["/series/birds"],
    "series.edit": ["/series/birds/edit"],
    "comments.new": ["/posts/shown/comments/new", "/posts/shown/comments/new?parent=1"],
    "comments.show": ["/comments/1"],
    "comments.edit": ["/comments/2/edit"],
    "comments.destroy": ["/comments/2/deletion"],
    "drafts.index": ["/write", "/write?q=words", "/write?state=deleted", "/write?whose=everybody"],
    "drafts.new": ["/write/new"],
    "drafts.edit": ["/write/1", "/write/2", "/write/3"],
    "recoveries.index": ["/write/recovered"],
    "recoveries.show": ["/write/recovered/1"],
    "revisions.index": ["/write/2/history"],
    "revisions.show": ["/write/2/history/1", "/write/2/history/2"],
    "conflicts.show": ["/write/2/conflicts/3"],
    "media.index": ["/media", "/media?q=nothing"],
    "media.show": ["/media/1"],
    "media.destroy": ["/media/1/deletion"],
    "publishing.settings": ["/write/1/settings", "/write/2/settings", "/write/3/settings"],
    "secret_previews.show": [f"/preview/{TOKEN}"],
    "messages.index": ["/messages"],
    "announcements.new": ["/messages/new"],
    "accounts.sign_up": ["/sign-up"],
    "accounts.sign_in": ["/sign-in"],
    "accounts.setup": ["/setup?token=wrong"],
    "accounts.show": ["/account"],
    "manage.index": ["/manage"],
    "manage.comments": ["/manage/comments"],
    "manage.people": ["/manage/people"],
    "manage.settings": ["/manage/settings"],
}
# Scripts that only the pages that need them load.
ON_SOME_PAGES = {
    "count.js",
    "door.js",
    "editor.js",
    "journal.js",
    "line.js",
    "preview.js",
    "recovered.js",
    "rescue.js",
    "title.js",
    "toolbar.js",
    "uploads.js",
}
NOT_PAGES = {"posts.source", "slug_checks.", "feeds.", "favicon", "health", "ready"}
ROLES = ["stranger", "reader", "author", "owner"]


@pytest.fixture(params=ROLES)
def browser(
    request: pytest.FixtureRequest, app: Colophon, make: Make, sign_in: SignIn, client: TestClient
) -> TestClient:
    """Somebody's browser on a blog that has something of everything."""
    ada = make.user("ada", role="author", bio="Writes *here*.")
    people = {"stranger": None, "author": ada, "reader": make.user("rea"), "owner": make.user("olga", role="owner")}
    shown = _make_posts(make, app, ada)
    user = people[request.param]
    make.rescued_text(user or ada)
    question = make.comment(shown, people["reader"])
    answer = make.comment(shown, user or ada, parent=question, body="An answer.")
    make.comment(shown, None, body="Waits.", status="pending", parent=answer)
    make.add(Series(id=1, slug="birds", title="Birds", description="All of them."))
    make.add(*(PostSeriesAssociation(series_id=1, post_id=number, position=number) for number in (1, 2)))
    until = make.clock.now + timedelta(days=1)
    link = {"post_id": shown.id, "created_at": make.clock.now, "expires_at": until}
    make.add(PreviewLink(token_hash=PreviewLink.hash_of(TOKEN), **link))
    make.message(subject="To all")
    make.message(user or ada, subject="To one")
    for name, value in (("sign_up", "open"), ("guests", "yes")):
        make.setting(name, value)
    return sign_in(user) if user else client


def _make_posts(make: Make, app: Colophon, ada: User) -> Post:
    """Posts in several states, a page, revisions and an image; the first one is returned."""
    rendered = render_post(BODY)
    html = {"body": BODY, "body_html": rendered.html, "excerpt": rendered.excerpt}
    shown = make.post(ada, title="Shown", tags="First, second", **html)
    hidden = make.post(ada, title="Hidden", published=False, **html)
    base = make.revision(hidden, ada, title="Hidden", body=BODY)
    make.revision(hidden, ada, title="Changed", body=BODY.replace("Words", "Other words"))
    make.revision(hidden, ada, kind="conflict", base=base, title="Clash", body=BODY.replace("Words", "My words"))
    make.post(ada, title="Gone", deleted_at=make.clock.now, **html)
    image = Picture("0" * 32, 500, 300, "png")
    app.state.workshop.storage.put(image.name, b"an image", "image/png")
    make.show(shown, make.media(ada, image, alt="A *press*"))
    make.post(ada, title="About", post_type_lookup_code="page", menu_order=1, **html)
    return shown


def pages(browser: TestClient) -> list[tuple[str, Soup, str]]:
    """Each page that the browser may open, also the error pages: address, parsed, as text."""
    found = []
    for address in [*(address for addresses in PAGES.values() for address in addresses), "/nothing-here"]:
        response = browser.get(address)
        if response.status_code not in (301, 303):
            assert response.headers["content-type"] == "text/html; charset=utf-8", address
            found.append((address, soup(response), response.text))
    assert len(found) > 10
    return found


def test_every_route_is_looked_at() -> None:
    names = {route.name for route in ROUTES if "GET" in (route.methods or ())}
    assert {name for name in names if not name.startswith(tuple(NOT_PAGES))} == set(PAGES)


def test_pages_are_well_made(browser: TestClient) -> None:
    for address, page, text in pages(browser):
        html5lib.HTMLParser(strict=True).parse(text)
        ids = Counter(page.attributes("[id]", "id"))
        assert [name for name, count in ids.items() if count > 1] == [], address
        assert len(page.all("h1")) == 1, address
        assert page.text("title"), address
        assert page.attribute("html", "lang") == "en", address
        assert page.has("a.skip-link[href='#main']"), address
        for reference in page.attributes("[aria-describedby]", "aria-describedby"):
            assert set(reference.split()) <= set(ids), (address, reference)


def test_each_control_has_a_name(browser: TestClient) -> None:
    for address, page, _ in pages(browser):
        labelled = set(page.attributes("label[for]", "for"))
        for control in page.all("input:not([type=hidden], [hidden]), textarea, select"):
            is_labelled = control.attributes.get("id") in labelled or _is_in_label(control)
            assert is_labelled or control.attributes.get("aria-label"), (address, control.html)
        for control in page.all("button, a[href]"):
            has_name = control.text(strip=True) or control.attributes.get("aria-label")
            assert has_name or control.css_first("img[alt]"), (address, control.html)
        for image in page.all("img"):
            assert image.attributes.get("alt") is not None, (address, image.html)


def test_nothing_runs_or_loads_that_is_not_ours(browser: TestClient) -> None:
    for address, page, text in pages(browser):
        assert not page.has("[style], style, iframe, object, embed"), address
        assert not re.search(r"<[^>]+\son[a-z]+\s*=", text), address
        for script in page.all("script"):
            is_data = script.attributes.get("type") == "application/ld+json"
            assert is_data or (script.attributes.get("src") or "").startswith("/static/"), (address, script.html)
        for loaded in page.attributes("link[rel=stylesheet], link[rel=icon], link[rel=preload]", "href"):
            assert loaded.startswith(("/static/", "/favicon.ico")), (address, loaded)
        for form in page.all("form"):
            assert form.attributes.get("action", "").startswith("/"), (address, form.html)
            assert form.attributes.get("method") in ("post", "get"), (address, form.html)


def test_every_link_leads_somewhere(browser: TestClient) -> None:
    dead = []
    links = {link for _, page, _ in pages(browser) for link in page.attributes("a[href]", "href")}
    for link in sorted(link for link in links if link.startswith("/")):
        status = browser.get(link).status_code
        if status >= 400 and link != "/messages/new":
            dead.append((link, status))
    assert dead == []


def test_styles_and_scripts_stay_small(client: TestClient) -> None:
    page = soup(client.get("/"))
    linked = [*page.attributes("link[rel=stylesheet]", "href"), *page.attributes("script[src]", "src")]
    names = {re.sub(r"\.[0-9a-f]{10}\.", ".", Path(address).name) for address in linked}
    folder = Path(find_folder("static"))
    files = [path for path in folder.rglob("*") if path.suffix in (".css", ".js")]
    served = [client.get(f"/static/{path.relative_to(folder)}").content for path in files]
    assert sum(len(gzip.compress(body, 6)) for body in served) < 45_000
    assert {path.name for path in files} - ON_SOME_PAGES == names, "every other file of ours is linked from every page"


def _is_in_label(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and (parent.tag == "label" or _is_in_label(parent))
