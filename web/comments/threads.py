"""Puts the comments of a post into threads: who answers whom, four levels deep."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from web.comments.rules import NO_RIGHTS, Rights
from web.comments.shown import Comment

# Deeper answers stand at the last level, where they still name whom they answer.
LAST_LEVEL = 4


class Owner(NamedTuple):
    """Who may change a comment, and until when, in seconds since 1970: for pages that many readers share."""

    comment_id: int
    user_id: int
    until: int


class Alone(NamedTuple):
    """What one comment shows of itself, wherever it stands: the values of a piece of the page."""

    comment: Comment
    is_visible: bool
    answered: Comment | None
    rights: Rights
    is_by_author: bool
    owner: Owner | None


class Thread(NamedTuple):
    """The same with all that hangs from it: the values of a piece, too."""

    alone: Alone
    level: int
    replies: tuple["Thread", ...]

    @property
    def comment(self) -> Comment:
        """The comment at its beginning."""
        return self.alone.comment


@dataclass(slots=True)
class Entry:
    """A comment at its place. `under` is where it stands, `answered` whom it answers: deep down these differ.

    One that is not visible is kept as a placeholder while answers hang from it.
    """

    comment: Comment
    is_visible: bool = True
    level: int = 1
    under: "Entry | None" = None
    answered: Comment | None = None
    replies: list["Entry"] = field(default_factory=list)
    answer_count: int = 0
    rights: Rights = NO_RIGHTS
    is_by_author: bool = False
    owner: Owner | None = None

    @property
    def alone(self) -> Alone:
        """The comment without its place among the others."""
        return Alone(self.comment, self.is_visible, self.answered, self.rights, self.is_by_author, self.owner)

    @property
    def thread(self) -> Thread:
        """The comment with all that hangs from it."""
        return Thread(self.alone, self.level, tuple([reply.thread for reply in self.replies]))


def arrange(comments: Iterable[Comment], *, with_pending: bool) -> dict[int, Entry]:
    """The comments of a post, given from the oldest to the newest, at their places; by number, in order.

    Leaves out what is neither visible nor answered. `with_pending` is for those who decide about it.
    """
    entries: dict[int, Entry] = {}
    for comment in comments:
        is_visible = comment.is_approved or (with_pending and comment.is_pending)
        entries[comment.id] = _placed(comment, is_visible, entries.get(comment.parent_id or 0))
    _leave_out_what_nobody_sees(entries)
    for entry in entries.values():
        if entry.under is not None:
            entry.under.replies.append(entry)
    return entries


def _placed(comment: Comment, is_visible: bool, parent: Entry | None) -> Entry:
    if parent is None:
        return Entry(comment, is_visible)
    under = parent if parent.level < LAST_LEVEL else parent.under
    level = min(parent.level + 1, LAST_LEVEL)
    return Entry(comment, is_visible, level, under, parent.comment)


def _leave_out_what_nobody_sees(entries: dict[int, Entry]) -> None:
    # Answers are younger than what they answer: from the end, each is settled before its parent.
    for number in reversed(list(entries)):
        entry = entries[number]
        if not entry.is_visible and not entry.answer_count:
            del entries[number]
        elif entry.answered is not None:
            entries[entry.answered.id].answer_count += 1
