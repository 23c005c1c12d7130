"""A comment before it is stored, and by what it is known when it comes a second time."""

from dataclasses import dataclass
from datetime import datetime
from os import urandom
from uuid import NAMESPACE_URL, UUID, uuid5

from web.models.comment import Comment, CommentStatus
from web.models.post import Post
from web.models.user import User

DOUBLE_CLICK_SECONDS = 60


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say, and where. A guest has no `user`, but a name and an address.

    `uid` is what the form carried, empty when it carried none. `is_trapped`: a machine filled it in.
    """

    post: Post
    user: User | None
    parent: Comment | None
    body: str
    uid: str = ""
    guest_name: str = ""
    guest_email: str = ""
    is_trapped: bool = False

    @property
    def state(self) -> CommentStatus:
        """In which state it is stored."""
        if self.is_trapped:
            return CommentStatus.REJECTED
        return CommentStatus.APPROVED if self.user else CommentStatus.PENDING

    def uids(self, now: datetime) -> list[str]:
        """The uid that it should get, and then those under which it may be stored already.

        Without a uid of the form it is made of words, writer, place and minute, so that the same words
        sent twice at the same moment get the same one, and the database lets only one of them in.
        """
        if self.uid:
            return [self.uid]
        minute = int(now.timestamp()) // DOUBLE_CLICK_SECONDS
        return [self._uid_of(minute), self._uid_of(minute - 1)]

    def is_told_by(self, comment: Comment, now: datetime) -> bool:
        """Whether a stored comment is this very one, sent before."""
        age = (now - comment.created_at).total_seconds()
        return self._facts == _facts_of(comment) and (bool(self.uid) or age < DOUBLE_CLICK_SECONDS)

    def _uid_of(self, minute: int) -> str:
        return str(uuid5(NAMESPACE_URL, repr((*self._facts, minute))))

    @property
    def _facts(self) -> tuple[object, ...]:
        user_id = self.user.id if self.user else None
        parent_id = self.parent.id if self.parent else None
        return self.post.id, user_id, parent_id, self.guest_name, self.guest_email, self.body


def clean_uid(text: str) -> str:
    """The UUID that a form carried; empty for anything else."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def new_uid() -> str:
    """A uid that nothing has: a UUID of version 4 (RFC 9562, 5.4), each page with a form for comments needs one."""
    digits = urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def _facts_of(comment: Comment) -> tuple[object, ...]:
    return (
        comment.post_id,
        comment.user_id,
        comment.parent_comment_id,
        comment.guest_name,
        comment.guest_email,
        comment.body,
    )
