"""The three ways in which a feed is written down. XML comes from templates, which escape everything."""

import re
from collections.abc import Callable
from email.utils import format_datetime
from json import dumps
from typing import Any, NamedTuple

from jinja2 import Environment

from web import __version__
from web.feeds.feed import Entry, Feed, Person
from web.html.filters import iso

# What XML 1.0 cannot carry, not even escaped.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Format(NamedTuple):
    """A media type and how a feed is written in it."""

    media_type: str
    write: Callable[[Environment, Feed], str]


def _atom(environment: Environment, feed: Feed) -> str:
    return _xml(environment, "feeds/atom.xml", feed)


def _rss(environment: Environment, feed: Feed) -> str:
    return _xml(environment, "feeds/rss.xml", feed)


def _xml(environment: Environment, template: str, feed: Feed) -> str:
    text = environment.get_template(template).render(feed=feed, version=__version__, rfc822=format_datetime)
    return NOT_IN_XML.sub("", text)


def _json(_environment: Environment, feed: Feed) -> str:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [_json_author(feed.author)],
        "items": [_json_item(entry, feed) for entry in feed.entries],
    }
    return dumps(content, ensure_ascii=False)


def _json_item(entry: Entry, feed: Feed) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{entry.uid}",
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": iso(entry.published_at),
        "date_modified": iso(entry.updated_at),
        "authors": [_json_author(author) for author in entry.authors or [feed.author]],
        "tags": [tag.name for tag in entry.tags],
        "language": feed.language,
    }


def _json_author(author: Person) -> dict[str, str]:
    return {"name": author.name, "url": author.address} if author.address else {"name": author.name}


ATOM = Format("application/atom+xml", _atom)
RSS = Format("application/rss+xml", _rss)
JSON = Format("application/feed+json", _json)
