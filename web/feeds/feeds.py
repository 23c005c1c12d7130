"""The views of all feeds: each is a source in a format."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from web.feeds.conditional import answer
from web.feeds.feed import LONG_AGO, Feed
from web.feeds.formats import ATOM, JSON, RSS, Format
from web.feeds.sources import of_author, of_blog, of_comments, of_tag


def _view(source: Callable[[Request], Feed | Response], format: Format) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        feed = source(request)
        if isinstance(feed, Response):
            return feed
        changed_at = feed.updated_at if feed.updated_at > LONG_AGO else None
        environment = request.app.state.environment
        return answer(request, feed.parts, changed_at, format.media_type, lambda: format.write(environment, feed))

    return show


atom, rss, json = _view(of_blog, ATOM), _view(of_blog, RSS), _view(of_blog, JSON)
tag_atom, tag_rss, tag_json = _view(of_tag, ATOM), _view(of_tag, RSS), _view(of_tag, JSON)
author_atom, author_rss, author_json = _view(of_author, ATOM), _view(of_author, RSS), _view(of_author, JSON)
comments = _view(of_comments, ATOM)
