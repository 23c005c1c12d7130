"""A comment as pages show it: plain values instead of model objects, so that a long discussion is read fast."""

from datetime import datetime
from typing import NamedTuple

from web.models.comment import EDITABLE_FOR, CommentStatus
from web.models.comment import Comment as StoredComment

DELETED = "deleted"


class Comment(NamedTuple):
    """One comment. It answers the same questions as the model, from the columns that pages need.

    `state` is a code of CommentStatusLookup or "deleted"; `username` is empty for people without a page.
    """

    id: int
    parent_id: int | None
    user_id: int | None
    state: str
    created_at: datetime
    edited_at: datetime | None = None
    name: str = ""
    username: str = ""
    body_html: str = ""

    @classmethod
    def of(cls, stored: StoredComment) -> "Comment":
        """The same of a stored comment whose user is loaded."""
        user = stored.rel_user
        return cls(
            stored.id,
            stored.parent_comment_id,
            stored.user_id,
            DELETED if stored.is_deleted else stored.comment_status_lookup_code,
            stored.created_at,
            stored.edited_at,
            stored.name,
            user.username if user and user.may_write else "",
            stored.body_html,
        )

    @property
    def is_approved(self) -> bool:
        """Whether everybody may read it."""
        return self.state == CommentStatus.APPROVED

    @property
    def is_pending(self) -> bool:
        """Whether it waits for somebody's decision."""
        return self.state == CommentStatus.PENDING

    @property
    def is_deleted(self) -> bool:
        """Whether its words are gone."""
        return self.state == DELETED

    def may_still_change(self, now: datetime) -> bool:
        """Whether its writer's time for second thoughts is not over yet."""
        return now - self.created_at < EDITABLE_FOR
