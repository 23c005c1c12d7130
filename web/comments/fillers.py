"""What stands in the holes of pages that many readers share."""

from functools import lru_cache

from jinja2 import Environment
from markupsafe import escape

from web.comments.drafts import new_uid
from web.comments.stamps import Stamps
from web.http.cached_page import Fillers
from web.http.current import Clock


def fillers(environment: Environment, secret_key: str, clock: Clock) -> Fillers:
    """A filler for each kind of hole: it gets the reader and what the mark says, and gives HTML."""
    unread = environment.get_template("shared/_unread_count.html")

    @lru_cache(maxsize=256)
    def badge(count: int) -> str:
        return unread.render(unread_count=count)

    return {
        "name": lambda reader, _: escape(reader.name),
        "unread": lambda reader, _: badge(reader.unread_count),
        "uid": lambda _reader, _: new_uid(),
        "stamp": lambda _reader, post_uid: Stamps(secret_key, clock()).make(post_uid),
    }
