"""Stores what was typed, whatever happened meanwhile: the one way by which an editor changes a post.

Words are never stored over others that their writer has not seen. What can be merged is merged; what cannot is
kept as a conflict, and the post stays as it is until somebody has decided.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from web.drafts.actions import Render
from web.drafts.applying import apply_revision
from web.html.markdown import render_post
from web.media.uses import add_uses
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.revisions.actions import (
    Occasion,
    forget_autosaves,
    forget_sequences,
    note_sequence,
    record,
    record_next,
    record_present,
    says_the_same,
)
from web.revisions.lineage import Relation, judge, merge
from web.revisions.queries import Lineage, load_words
from web.revisions.submission import Submission
from web.revisions.words import Words, words_of

# Whoever deletes more characters at once, and more than half of the text, may have done so by mistake.
SLIP = 200


class Outcome(StrEnum):
    """What became of a submission."""

    STORED = "stored"  # The post says what was sent, and nothing else; perhaps it did before.
    REPEATED = "repeated"  # It was dealt with before, and others have gone on since: nothing has changed.
    OUTDATED = "outdated"  # Something that was typed later is stored: nothing has changed.
    TAKEN_BACK = "taken back"  # It has published these words, and they were withdrawn since: nothing has changed.
    MERGED = "merged"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Saved:
    """The outcome, and where the post stands now; for what is stored already, the revision that says so.

    `theirs` holds the words that were merged in, or that clash; `conflict` what was typed when nothing could be merged.
    """

    outcome: Outcome
    head: PostRevision
    theirs: PostRevision | None = None
    conflict: PostRevision | None = None
    # The highest sequence of its editing session, where what came is older than that.
    reached: int = 0

    @property
    def is_as_typed(self) -> bool:
        """Whether the post says what its writer sent, and nothing else."""
        return self.outcome == Outcome.STORED


class Before(NamedTuple):
    """The text that stood in a post before a submission was stored, and whether it was pending."""

    body: str
    is_pending: bool

    @classmethod
    def of(cls, head: PostRevision) -> "Before":
        """What a revision says before it may be written again."""
        return cls(head.body, head.is_pending)


PENDING = Before("", is_pending=True)


@dataclass(frozen=True)
class Saving:
    """A post that was locked together with the lineage of a submission, and the occasion of storing it."""

    session: Session
    post: Post
    lineage: Lineage
    submission: Submission
    occasion: Occasion
    render: Render = render_post

    def run(self) -> Saved:
        """Store the submission. Raises SlugTakenError; then nothing may be committed."""
        head = self.lineage.head
        if head is None:
            load_words(self.session, self.post)
            head = record_present(self.session, self.post)
            return Saved(Outcome.STORED, self._store(head))
        verdict = judge(self.lineage, self.submission)
        if verdict.anchor is not None and verdict.relation in (Relation.REPEATED, Relation.OUTDATED):
            return self._repeat(verdict.relation, verdict.anchor, head)
        if self._came_once_more(head):
            return Saved(Outcome.TAKEN_BACK, head)
        if verdict.relation == Relation.UNNAMED:
            self._keep_findable(head)
            return Saved(Outcome.STORED, self._store(head))
        # What the post says already has nothing to be brought together with, whatever it was made from.
        if verdict.relation == Relation.NEXT or says_the_same(head, self.submission.words):
            return Saved(Outcome.STORED, self._store(head))
        merged = merge(verdict.anchor, self.submission.words, head)
        if not merged.is_clean:
            return Saved(Outcome.CONFLICT, head, theirs=head, conflict=self._keep_conflict(verdict.anchor, head))
        # Nobody changed a word meanwhile, or only what is changed here as well: nothing is unseen.
        if self.submission.words.adds_nothing_to(merged.words()):
            return Saved(Outcome.STORED, self._store(head))
        return self._bring_together(verdict.anchor, head, merged.words())

    def _repeat(self, relation: Relation, own: PostRevision, head: PostRevision) -> Saved:
        if relation == Relation.OUTDATED and own.is_conflict:
            return Saved(Outcome.OUTDATED, head, conflict=own)
        if relation == Relation.OUTDATED:
            return Saved(Outcome.OUTDATED, own, reached=self.lineage.reached)
        if not self.submission.words.adds_nothing_to(words_of(head)):
            return Saved(Outcome.REPEATED, own)
        if self._was_taken_back(own):
            return Saved(Outcome.TAKEN_BACK, head)
        # The post stands where this would lead. A button may have been pressed for what an autosave said, or a merge.
        return Saved(Outcome.STORED, self._confirm(head) if head.stands_for(self.occasion.kind) else self._store(head))

    def _was_taken_back(self, own: PostRevision) -> bool:
        # This press has published these words: comes it once more when they are withdrawn, it is older than that.
        # Where that was done by a clock which is a little ahead, what it published has readers all the same.
        was_published = own.post_revision_type_lookup_code == PostRevisionType.PUBLICATION
        return was_published and self._gives_readers(max(self.occasion.now, own.created_at))

    def _came_once_more(self, head: PostRevision) -> bool:
        # This press was dealt with when readers had these words already: no revision tells of it, only its number.
        is_known = self.lineage.is_noted and self.submission.sequence <= self.lineage.reached
        return is_known and self.submission.words.adds_nothing_to(words_of(head)) and self._gives_readers()

    def _gives_readers(self, moment: datetime | None = None) -> bool:
        has_readers = self.post.is_shown_at(moment or self.occasion.now) and self.post.deleted_at is None
        return self.occasion.kind == PostRevisionType.PUBLICATION and not has_readers

    def _confirm(self, head: PostRevision) -> PostRevision:
        # What was sent is there already: only whether it waits may change.
        self._settle_conflict()
        # Nothing is older than the first request; but a press of Publish may come once more.
        is_telling = self.submission.sequence > 1 or self.occasion.kind == PostRevisionType.PUBLICATION
        if is_telling and self.submission.sequence > self.lineage.reached:
            note_sequence(self.session, self.post, self.submission, self.lineage, self.occasion.now)
            if self.occasion.kind != PostRevisionType.AUTOSAVE:
                forget_sequences(self.session, self.post, self.occasion.now)
        if head.is_pending and not self._is_held(self.occasion.kind):
            head.is_pending = False
            self._conclude(head, PENDING)
        return head

    def _store(self, head: PostRevision) -> PostRevision:
        # To publish again what was withdrawn is told by the history, and known when the same press comes late.
        is_known = head.stands_for(self.occasion.kind) and not self._gives_readers()
        if is_known and says_the_same(head, self.submission.words):
            return self._confirm(head)
        before = Before.of(head)
        if head.is_autosave and self._takes_away_much(head):
            head.keep_as_saved()
        is_held = self._is_held(self.occasion.kind)
        is_undone = is_held and self._says_what_stands()
        is_pending = is_held and not is_undone
        stored = record_next(self.session, self.post, self.submission, self.occasion, head, is_pending=is_pending)
        if not is_undone:
            self._conclude(stored, before)
        return stored

    def _keep_findable(self, head: PostRevision) -> None:
        # Somebody is typing these words, was told that they are saved, and nobody who goes on from here has seen them.
        if head.is_autosave and not self.submission.words.adds_nothing_to(words_of(head)):
            head.keep_as_saved()

    def _says_what_stands(self) -> bool:
        # Somebody typed and took it back: nothing waits to be published. (A draft's address may follow its title.)
        settled = self.lineage.settled
        return settled is not None and self.lineage.conflict is None and says_the_same(settled, self.submission.words)

    def _takes_away_much(self, head: PostRevision) -> bool:
        # A slip of the hand deletes a page, and a moment later that is saved: what stood there must be found again.
        before, after = len(head.body), len(self.submission.words.body)
        is_restored = self.occasion.kind == PostRevisionType.RESTORE
        return is_restored or (before - after > SLIP and after < before / 2)

    def _bring_together(self, anchor: PostRevision | None, head: PostRevision, both: Words) -> Saved:
        typed = self.occasion.of(PostRevisionType.AUTOSAVE)
        # A row that others have built on since is not written again: what was typed now stands on a newer base.
        continued = self.lineage.own if self.lineage.own is anchor else None
        record_next(self.session, self.post, self.submission, typed, continued, is_pending=True)
        before, is_held = Before.of(head), self._is_held(PostRevisionType.MERGE)
        # Two who type at once would fill the history: only what somebody saved on purpose is named there.
        is_autosave = self.occasion.kind == PostRevisionType.AUTOSAVE
        merge_of_both = self.occasion if is_autosave else self.occasion.of(PostRevisionType.MERGE)
        stored = record(self.session, self.post, both, merge_of_both, is_pending=is_held)
        stored.rel_base = head
        head.pin()
        self._conclude(stored, before)
        return Saved(Outcome.MERGED, stored, theirs=head)

    def _keep_conflict(self, anchor: PostRevision | None, head: PostRevision) -> PostRevision:
        add_uses(self.session, self.post, self.submission.words.body, head.body)
        occasion = self.occasion.of(PostRevisionType.CONFLICT)
        kept = record_next(self.session, self.post, self.submission, occasion, self.lineage.conflict, is_pending=True)
        kept.rel_base = anchor
        head.pin()
        if anchor is not None:
            anchor.pin()
        return kept

    def _is_held(self, kind: PostRevisionType) -> bool:
        # What is saved while somebody types is for nobody else yet; what has readers changes by publishing alone.
        # What was merged into a scheduled post would reach its readers without anybody having looked at it.
        is_merge_to_come = kind == PostRevisionType.MERGE and self.post.is_released
        has_readers = self.post.is_shown_at(self.occasion.now) or is_merge_to_come
        is_autosave = self.occasion.kind == PostRevisionType.AUTOSAVE
        return is_autosave or (has_readers and kind != PostRevisionType.PUBLICATION)

    def _settle_conflict(self) -> None:
        conflict = self.lineage.conflict
        if conflict is not None and self.submission.came_after(conflict.editing_session, conflict.sequence):
            conflict.settle(self.occasion.now)

    def _conclude(self, stored: PostRevision, before: "Before") -> None:
        self._settle_conflict()
        if stored.is_pending:
            add_uses(self.session, self.post, stored.body, before.body)
            return
        now, was_pending = self.occasion.now, before.is_pending
        apply_revision(self.session, self.post, stored, now, was_pending=was_pending, render=self.render)
        forget_autosaves(self.session, self.post, stored, now)
