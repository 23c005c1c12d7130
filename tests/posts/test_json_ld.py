"""What a post says about itself to machines."""

import json
from datetime import datetime
from typing import Any

from starlette.testclient import TestClient

from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup


def described(client: TestClient, slug: str) -> dict[str, Any]:
    return json.loads(soup(client.get(f"/posts/{slug}")).one('script[type="application/ld+json"]').text())


def test_it_is_a_blog_posting(client: TestClient, make: Make, clock: Clock) -> None:
    authors = [make.user("ada", role="author", display_name="Ada L."), make.user("bob", role="author")]
    post = make.post(authors, title="Hello", tags="b, A", summary="In short.", word_count=12)
    clock.advance(days=1)
    address = "http://testserver/posts/hello"
    assert described(client, "hello") == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": f"urn:uuid:{post.uid}",
        "url": address,
        "mainEntityOfPage": address,
        "headline": "Hello",
        "description": "In short.",
        "inLanguage": "en",
        "wordCount": 12,
        "keywords": ["b", "A"],
        "author": [
            {"@type": "Person", "name": "Ada L.", "url": "http://testserver/authors/ada"},
            {"@type": "Person", "name": "Bob", "url": "http://testserver/authors/bob"},
        ],
        "publisher": {"@type": "Organization", "name": "Colophon", "url": "http://testserver/"},
        "datePublished": "2026-11-22T13:05:00+00:00",
        "dateModified": "2026-11-22T13:05:00+00:00",
    }


def test_its_dates_can_be_read(client: TestClient, make: Make, clock: Clock) -> None:
    make.post(title="Hello", updated_at=clock.advance(hours=1.000001))
    found = described(client, "hello")
    assert datetime.fromisoformat(found["dateModified"]) == clock.now


def test_no_text_can_end_the_script(client: TestClient, make: Make) -> None:
    title = "</script><script>alert(1)</script> <!-- & ' \" \u2028"
    author = make.user("eve", role="author", display_name=title[:100])
    make.post(author, title=title, slug="hello", summary=title, tags="</script>")
    page = client.get("/posts/hello")
    assert "<script>alert" not in page.text
    assert len(soup(page).all('script[type="application/ld+json"]')) == 1
    found = described(client, "hello")
    assert found["headline"] == found["description"] == title
    assert found["keywords"] == ["</script>"]
