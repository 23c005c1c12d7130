"""Decides what becomes of a submission, given where the post stands: pure functions of loaded revisions."""

from dataclasses import dataclass
from enum import StrEnum

from web.models.post_revision import PostRevision
from web.revisions.merged_words import MergedWords, merge_words
from web.revisions.queries import Lineage
from web.revisions.submission import Submission, Version
from web.revisions.words import Words, words_of


class Relation(StrEnum):
    """How a submission stands to what is stored."""

    REPEATED = "repeated"  # These very words of the same editor are stored.
    OUTDATED = "outdated"  # Something that was typed later in the same editor is stored.
    NEXT = "next"  # Its writer has seen everything that is stored.
    UNNAMED = "unnamed"  # It names nothing, as what a program sends: it speaks of the post as it is.
    BESIDE = "beside"  # Something was stored meanwhile that its writer has not seen.


@dataclass(frozen=True)
class Verdict:
    """The relation, and the revision it is to: the one that says so already, or the one that both began with.

    That one may not exist any more.
    """

    relation: Relation
    anchor: PostRevision | None = None


def judge(lineage: Lineage, submission: Submission) -> Verdict:
    """How a submission stands to a post that has a head."""
    own, head = lineage.own, lineage.head
    if own is not None and submission.sequence <= own.sequence and submission.words.adds_nothing_to(words_of(own)):
        return Verdict(Relation.REPEATED, own)
    if submission.sequence < lineage.reached:
        return Verdict(Relation.OUTDATED, _later(lineage, submission))
    if submission.base is None and own is None and submission.continues is None:
        return Verdict(Relation.UNNAMED, head)
    anchor = _anchor(lineage, submission)
    return Verdict(Relation.NEXT if anchor is head else Relation.BESIDE, anchor)


def merge(anchor: PostRevision | None, mine: Words, head: PostRevision) -> MergedWords:
    """What both made of the anchor's words, brought together."""
    return merge_words(words_of(anchor) if anchor else None, mine, words_of(head))


def _later(lineage: Lineage, submission: Submission) -> PostRevision | None:
    # What tells of it; where nothing does, because the later words changed nothing, what they were made from.
    rows = (lineage.own, lineage.conflict)
    later = (row for row in rows if row is not None and submission.sequence < row.sequence)
    return next(later, None) or _anchor(lineage, submission) or lineage.head


def _anchor(lineage: Lineage, submission: Submission) -> PostRevision | None:
    own, base, named = lineage.own, lineage.base, submission.base
    # What this editor sent last was stored, also when the answer never came back to it.
    if own is not None and not _is_left_behind(own, named):
        return own
    if own is None and (continued := _continued(lineage, submission)) is not None:
        return continued
    has_same_words = base is not None and named is not None and base.sequence == named.sequence
    return base if has_same_words else None


def _continued(lineage: Lineage, submission: Submission) -> PostRevision | None:
    # Words that a browser kept go on where the editor stopped that they were typed in, if it has not gone on itself.
    found, before, named = lineage.continued, submission.continues, submission.base
    if found is None or before is None or found.sequence > before.sequence:
        return None
    return None if _is_left_behind(found, named) else found


def _is_left_behind(sent: PostRevision, named: Version | None) -> bool:
    # The editor names something newer as its base: it got an answer since, and shows that.
    return named is not None and sent.came_before(named.revision_id)
