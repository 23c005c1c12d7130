"""Reads feeds in all three formats, by a feed reader's parser and by the plain ones."""

import json
import xml.etree.ElementTree as ET
from typing import Any

import feedparser

FEEDS = ["/feed.xml", "/rss.xml", "/feed.json"]
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
THREAD = "{http://purl.org/syndication/thread/1.0}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(response: Any) -> Any:
    """What a feed reader makes of it. Fails when it has to guess."""
    assert response.status_code == 200
    found = feedparser.parse(response.content, response_headers=dict(response.headers))
    assert not found.bozo, found.get("bozo_exception")
    return found


def xml(response: Any) -> ET.Element:
    """The root element. Fails for what is not well-formed."""
    assert response.status_code == 200
    return ET.fromstring(response.content)


def texts(element: ET.Element, path: str) -> list[str]:
    """The text of every element at a path."""
    return [found.text or "" for found in element.iterfind(path)]


def titles(response: Any) -> list[str]:
    """The titles of the entries, whatever the format."""
    return [title for title, _ in entries(response)]


def contents(response: Any) -> list[str]:
    """The HTML of the entries, whatever the format."""
    return [content for _, content in entries(response)]


def entries(response: Any) -> list[tuple[str, str]]:
    """Title and HTML of each entry."""
    if "json" in response.headers["content-type"]:
        return [(item["title"], item["content_html"]) for item in json.loads(response.content)["items"]]
    root = xml(response)
    if root.tag == "rss":
        return list(zip(texts(root, "channel/item/title"), texts(root, f"channel/item/{CONTENT}"), strict=True))
    return list(zip(texts(root, f"{ATOM}entry/{ATOM}title"), texts(root, f"{ATOM}entry/{ATOM}content"), strict=True))
