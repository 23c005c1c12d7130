"""The comments of a post as somebody sees them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from web.comments import rules
from web.comments.composers import Composer, compose
from web.comments.queries import comments_under
from web.comments.shown import Comment
from web.comments.stamps import Stamps
from web.comments.threads import Entry, Owner, Thread, arrange
from web.models.comment import EDITABLE_FOR
from web.models.setting import Blog
from web.models.user import User
from web.posts.printed import AnyPost


@dataclass(frozen=True)
class Viewer:
    """Who looks at the comments of which post, and when. The post's authors are loaded.

    With `is_shared` others who may do no more look at the same page: whose comment it is, is said for all of them.
    """

    user: User | None
    post: AnyPost
    blog: Blog
    now: datetime
    is_shared: bool = False

    def fill_in(self, entry: Entry) -> Entry:
        """Add to a comment's place what this person may do there."""
        if self.is_shared:
            entry.rights = rules.rights_of_others(self.user, entry.comment, self.post, self.blog, self.now)
            # No stranger ever owns a comment: without such a hole their page has a tag, and travels in fewer bytes.
            entry.owner = _owner(entry.comment, self.now) if self.user is not None else None
        else:
            entry.rights = rules.rights(self.user, entry.comment, self.post, self.blog, self.now)
        user_id = entry.comment.user_id
        entry.is_by_author = user_id is not None and self.post.is_written_by(user_id)
        return entry

    def entry(self, comment: Comment, answered: Comment | None = None) -> Entry:
        """A single comment without its place among the others."""
        return self.fill_in(Entry(comment, answered=answered))


@dataclass(frozen=True)
class Discussion:
    """The threads from the oldest to the newest, and the form where this person may comment."""

    entries: list[Entry]
    count: int
    composer: Composer | None
    is_open: bool
    may_moderate: bool

    @property
    def threads(self) -> tuple[Thread, ...]:
        """All of it as a value that cannot change."""
        return tuple([entry.thread for entry in self.entries])


def load_discussion(session: Session, viewer: Viewer, secret_key: str) -> Discussion:
    """The discussion under a post for whoever asks, in one statement. `secret_key` signs the form's stamp."""
    post, user, blog, now = viewer.post, viewer.user, viewer.blog, viewer.now
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
    )


def _owner(comment: Comment, now: datetime) -> Owner | None:
    if comment.user_id is None or not comment.is_approved or not comment.may_still_change(now):
        return None
    return Owner(comment.id, comment.user_id, int((comment.created_at + EDITABLE_FOR).timestamp()))
