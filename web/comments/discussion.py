"""The comments of a post as somebody sees them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy.orm import Session

from web.comments import rules
from web.comments.composers import Composer, compose
from web.comments.queries import comments_under
from web.comments.shown import Comment
from web.comments.stamps import Stamps
from web.comments.threads import Entry, Thread, arrange
from web.models.comment import EDITABLE_FOR
from web.models.setting import Blog
from web.models.user import User
from web.posts.printed import AnyPost


@dataclass(frozen=True)
class Viewer:
    """Who looks at the comments of which post, and when. The post's authors are loaded."""

    user: User | None
    post: AnyPost
    blog: Blog
    now: datetime

    def fill_in(self, entry: Entry) -> Entry:
        """Add to a comment's place what this person may do there."""
        entry.rights = rules.rights(self.user, entry.comment, self.post, self.blog, self.now)
        user_id = entry.comment.user_id
        entry.is_by_author = user_id is not None and self.post.is_written_by(user_id)
        return entry

    def entry(self, comment: Comment, answered: Comment | None = None) -> Entry:
        """A single comment without its place among the others."""
        return self.fill_in(Entry(comment, answered=answered))


@dataclass(frozen=True)
class Discussion:
    """The threads from the oldest to the newest, and the form where this person may comment.

    `writers` may still change a comment of theirs, each until a moment.
    """

    entries: list[Entry]
    count: int
    composer: Composer | None
    is_open: bool
    may_moderate: bool
    writers: Mapping[int, datetime]

    @property
    def threads(self) -> tuple[Thread, ...]:
        """All of it as a value that cannot change."""
        return tuple([entry.thread for entry in self.entries])


def load_discussion(
    session: Session, post: AnyPost, user: User | None, blog: Blog, now: datetime, secret_key: str
) -> Discussion:
    """The discussion under a post for whoever asks, in one statement. `secret_key` signs the form's stamp."""
    viewer = Viewer(user, post, blog, now)
    may_moderate = rules.may_moderate(user, post)
    entries = arrange(comments_under(session, post, with_pending=may_moderate), with_pending=may_moderate)
    for entry in entries.values():
        viewer.fill_in(entry)
    may_comment = rules.may_comment(user, post, blog, now)
    return Discussion(
        entries=[entry for entry in entries.values() if entry.under is None],
        count=sum(entry.comment.is_approved for entry in entries.values()),
        composer=compose(post, user, blog, Stamps(secret_key, now)) if may_comment else None,
        is_open=rules.is_open(post, now),
        may_moderate=may_moderate,
        writers=_writers(entries.values(), now),
    )


def _writers(entries: Collection[Entry], now: datetime) -> dict[int, datetime]:
    fresh = takewhile(lambda entry: entry.comment.may_still_change(now), reversed(list(entries)))
    moments: dict[int, datetime] = {}
    for comment in (entry.comment for entry in fresh):
        if comment.user_id is not None:
            # The newest comes first, and it can be changed longest.
            moments.setdefault(comment.user_id, comment.created_at + EDITABLE_FOR)
    return moments
