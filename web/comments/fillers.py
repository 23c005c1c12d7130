"""What stands in the holes of pages that many readers share."""

from datetime import UTC, datetime
from functools import lru_cache

from jinja2 import Environment
from markupsafe import escape

from web.comments.drafts import new_uid
from web.comments.shown import Comment
from web.comments.stamps import Stamps
from web.http.cached_page import Fillers
from web.http.current import Clock
from web.http.sharing import Reader
from web.models.comment import CommentStatus


def fillers(environment: Environment, secret_key: str, clock: Clock) -> Fillers:
    """A filler for each kind of hole: it gets the reader and what the mark says, and gives HTML in UTF-8."""
    own = [environment.get_template(f"comments/_own_actions{ending}.html") for ending in ("", "_alone")]
    unread = environment.get_template("shared/_unread_count.html")

    @lru_cache(maxsize=256)
    def badge(count: int) -> bytes:
        return unread.render(unread_count=count).encode()

    @lru_cache(maxsize=1024)
    def name(of: str) -> bytes:
        return escape(of).encode()

    @lru_cache(maxsize=1024)
    def own_actions(comment_id: int, is_all: int) -> bytes:
        return own[is_all].render(comment=_numbered(comment_id), may_edit=True, may_delete=True, focus="").encode()

    def own_actions_of(reader: Reader, argument: str) -> bytes:
        comment_id, user_id, until, is_all = map(int, argument.split())
        is_theirs = reader.user_id == user_id and clock().timestamp() < until
        return own_actions(comment_id, is_all) if is_theirs else b""

    return {
        "own": own_actions_of,
        "name": lambda reader, _: name(reader.name),
        "unread": lambda reader, _: badge(reader.unread_count),
        "uid": lambda _reader, _: new_uid().encode(),
        "stamp": lambda _reader, post_uid: Stamps(secret_key, clock()).make(post_uid).encode(),
    }


def _numbered(comment_id: int) -> Comment:
    return Comment(comment_id, None, None, CommentStatus.APPROVED, datetime.min.replace(tzinfo=UTC))
