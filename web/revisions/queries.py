"""Reads revisions, and what a save must know of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, select
from sqlalchemy.orm import Session, defer, joinedload
from sqlalchemy.sql.base import ExecutableOption

from web.database.locks import locking_only
from web.database.rows import read_rows
from web.database.types import Key
from web.models.editing_sequence import EditingSequence
from web.models.editing_session import EditingSession
from web.models.post import Post, UserPostAssociation
from web.models.post_revision import UNNAMED, PostRevision, PostRevisionType
from web.models.tag import PostTagAssociation, Tag
from web.revisions.submission import BEFORE_THE_FIRST, Submission
from web.revisions.words import Words

HISTORY_SIZE = 30
CODE = PostRevision.post_revision_type_lookup_code
UNSETTLED = CODE == PostRevisionType.CONFLICT, PostRevision.settled_at.is_(None)
WORDS = (
    select(Post.title, Post.body, Post.slug, Post.summary, Tag.name)
    .outerjoin(Post.rel_tag_associations)
    .outerjoin(PostTagAssociation.rel_tag)
    .where(Post.id == bindparam("post_id", type_=Key))
    .order_by(PostTagAssociation.position)
)


class Lineage(NamedTuple):
    """Where a post stands, and how a submission is related to it.

    `head` is where it stands, None while it has no revision. `base` is what the submission names. `own` is what its
    editing session sent last, `continued` what the session sent last that it goes on from; `conflict` what of either
    still waits to be brought together. `settled` is the newest one that says what the post says, None where there is
    none. `reached` is the highest sequence of its editing session that was dealt with, also where that changed nothing:
    then it `is_noted`.
    """

    head: PostRevision | None
    base: PostRevision | None
    own: PostRevision | None
    conflict: PostRevision | None
    continued: PostRevision | None = None
    settled: PostRevision | None = None
    reached: int = 0
    is_noted: bool = False


class History(NamedTuple):
    """A page of a post's named revisions, newest first, and where older ones go on."""

    revisions: Sequence[PostRevision]
    older: int | None


def lock_for_saving(session: Session, post_id: int, submission: Submission) -> tuple[Post, Lineage] | None:
    """The post with its authors but without its own text, and the lineage of a submission: two statements.

    Nobody else can save the post until this unit of work ends. The revisions are read after the lock was had:
    one statement for both would have waited for the lock, and then told of the revisions from before.
    """
    locked = locking_only(session, _without_words().where(Post.id == post_id), Post, post_id)
    post = session.scalars(locked).unique().one_or_none()
    return (post, _lineage(session, post_id, submission)) if post is not None else None


def find_with_head(session: Session, post_id: int) -> tuple[Post, PostRevision | None] | None:
    """The post with its authors but without its own text, and the revision where it stands, in one statement."""
    row = session.execute(_with_head(), {"post_id": post_id}).unique().one_or_none()
    return (row[0], row[1]) if row else None


def lock_post(session: Session, post_id: int) -> None:
    """Let nobody else save a post, or change what is decided about it, until this unit of work is over."""
    session.execute(select(Post.id).where(Post.id == post_id).with_for_update())


def has_pending_changes(session: Session, post_id: int) -> bool:
    """Whether the newest revision of a post says more than the post does."""
    newest = _newest(*_standing(post_id))
    is_pending = select(PostRevision.id).where(PostRevision.id == newest, PostRevision.is_pending)
    return session.scalars(is_pending).first() is not None


def find_head(session: Session, post_id: int) -> PostRevision | None:
    """The revision where a post stands."""
    statement = select(PostRevision).where(*_standing(post_id)).order_by(PostRevision.id.desc()).limit(1)
    return session.scalars(statement).first()


def find_revision(session: Session, post_id: int, revision_id: int) -> PostRevision | None:
    """A revision of a post, with who made it and what it was made from."""
    statement = select(PostRevision).where(PostRevision.post_id == post_id, PostRevision.id == revision_id)
    loaded = (*_credits(), joinedload(PostRevision.rel_base))
    return session.scalars(statement.options(*loaded)).one_or_none()


def find_predecessor(session: Session, revision: PostRevision) -> PostRevision | None:
    """The named revision before this one."""
    statement = _named(revision.post_id).where(PostRevision.id < revision.id)
    return session.scalars(statement.order_by(PostRevision.id.desc()).limit(1)).first()


def history(session: Session, post_id: int, before: int | None) -> History:
    """A page of a post's named revisions without their texts."""
    statement = _named(post_id).options(*_credits(), defer(PostRevision.body, raiseload=True))
    if before is not None:
        statement = statement.where(PostRevision.id < before)
    found = session.scalars(statement.order_by(PostRevision.id.desc()).limit(HISTORY_SIZE + 1)).all()
    shown = found[:HISTORY_SIZE]
    return History(shown, shown[-1].id if len(found) > HISTORY_SIZE else None)


def find_open_editors(session: Session, post_id: int, but: str, since: datetime) -> Sequence[EditingSession]:
    """The editors of a post that were seen since then, except one, with their people."""
    statement = select(EditingSession).where(EditingSession.post_id == post_id, EditingSession.uid != but)
    is_open = statement.where(EditingSession.seen_at >= since).order_by(EditingSession.seen_at)
    return session.scalars(is_open.options(joinedload(EditingSession.rel_user, innerjoin=True))).all()


def load_words(session: Session, post: Post) -> None:
    """Load the text and the tags of a post that was found without them."""
    tags = joinedload(Post.rel_tag_associations).joinedload(PostTagAssociation.rel_tag)
    statement = select(Post).where(Post.id == post.id).options(defer(Post.body_html, raiseload=True), tags)
    session.scalars(statement).unique().one()


def find_words(session: Session, post_id: int) -> Words:
    """Text and tags of a post as it has them itself, as columns: to be shown, not to be changed."""
    rows = read_rows(session, WORDS, {"post_id": post_id}).all()
    return Words(rows[0].title, rows[0].body, [row.name for row in rows if row.name], rows[0].slug, rows[0].summary)


def _named(post_id: int) -> Select[PostRevision]:
    return select(PostRevision).where(PostRevision.post_id == post_id, CODE.not_in(UNNAMED))


def _credits() -> tuple[ExecutableOption, ...]:
    return joinedload(PostRevision.rel_user), joinedload(PostRevision.rel_type, innerjoin=True)


@cache
def _with_head() -> Select[*tuple[Any, ...]]:
    # Built once: an editor asks for it when it opens, and building takes longer than executing.
    post_id: Any = bindparam("post_id", type_=Key)
    standing = PostRevision.id == _newest(*_standing(post_id))
    statement = _without_words(PostRevision).outerjoin(PostRevision, standing).where(Post.id == post_id)
    return statement.options(joinedload(PostRevision.rel_user))


def _without_words(*more: type[PostRevision]) -> Select[*tuple[Any, ...]]:
    authors = joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user)
    return select(Post, *more).options(defer(Post.body, raiseload=True), defer(Post.body_html, raiseload=True), authors)


def _standing(post_id: int) -> tuple[ColumnElement[bool], ...]:
    return PostRevision.post_id == post_id, CODE != PostRevisionType.CONFLICT


def _lineage_ids(post_id: int, submission: Submission) -> list[ColumnElement[int]]:
    in_post = PostRevision.post_id == post_id
    typed_here = and_(in_post, PostRevision.editing_session == submission.editing_session)
    ids = [
        _newest(*_standing(post_id)),
        _newest(*_standing(post_id), PostRevision.is_pending.is_(False), CODE != PostRevisionType.AUTOSAVE),
        _newest(typed_here, CODE.not_in((PostRevisionType.CONFLICT, PostRevisionType.MERGE))),
        _newest(typed_here, *UNSETTLED),
    ]
    if submission.continues is not None:
        before = and_(in_post, PostRevision.editing_session == submission.continues.editing_session)
        ids.append(_newest(before, CODE.not_in((PostRevisionType.CONFLICT, PostRevisionType.MERGE))))
        ids.append(_newest(before, *UNSETTLED))
    if submission.base == BEFORE_THE_FIRST:
        ids.append(_first(PostRevision.id.asc(), in_post))
    elif submission.base is not None:
        ids.append(literal(submission.base.revision_id))
    return ids


def _newest(*where: ColumnElement[bool]) -> ColumnElement[int]:
    return _first(PostRevision.id.desc(), *where)


def _first(order: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[int]:
    # Its own look at the table, and not the row of the statement around it.
    found = select(PostRevision.id).where(*where).order_by(order).limit(1)
    return found.correlate(None).scalar_subquery()


def _lineage(session: Session, post_id: int, submission: Submission) -> Lineage:
    statement = select(PostRevision, *_reached(post_id, submission.editing_session))
    statement = statement.where(PostRevision.id.in_(_lineage_ids(post_id, submission)))
    in_post = statement.where(PostRevision.post_id == post_id).options(joinedload(PostRevision.rel_user))
    # What this session knows of them is from before the lock.
    rows = session.execute(in_post.execution_options(populate_existing=True)).all()
    revisions = [row[0] for row in rows]
    here = [revision for revision in revisions if revision.editing_session == submission.editing_session]
    before = _continued(revisions, submission)
    return Lineage(
        head=_last(revision for revision in revisions if not revision.is_conflict),
        base=_base(revisions, submission),
        own=_last(revision for revision in here if not revision.is_conflict and not revision.is_merge),
        conflict=_last(row for row in [*here, *before] if row.is_conflict and row.settled_at is None),
        continued=_last(row for row in before if not row.is_conflict and not row.is_merge),
        settled=_last(row for row in revisions if not (row.is_conflict or row.is_pending or row.is_autosave)),
        reached=max((sequence or 0 for row in rows for sequence in row[1:]), default=0),
        is_noted=any(row[2] is not None for row in rows),
    )


def _reached(post_id: int, editing_session: str) -> tuple[ColumnElement[int | None], ...]:
    # What was typed is a revision, also where it clashed and somebody decided; what changed nothing was noted.
    sent = PostRevision.post_id == post_id, PostRevision.editing_session == editing_session
    noted = EditingSequence.post_id == post_id, EditingSequence.editing_session == editing_session
    stored = select(func.max(PostRevision.sequence)).where(*sent).correlate(None).scalar_subquery()
    return stored, select(EditingSequence.sequence).where(*noted).scalar_subquery()


def _continued(revisions: Sequence[PostRevision], submission: Submission) -> list[PostRevision]:
    # What was typed further in the editor that was left is not contained in what was kept of it.
    if submission.continues is None:
        return []
    session, reached = submission.continues
    before = [row for row in revisions if row.editing_session == session]
    return [row for row in before if not row.is_conflict or row.sequence <= reached]


def _base(revisions: Sequence[PostRevision], submission: Submission) -> PostRevision | None:
    if submission.base == BEFORE_THE_FIRST:
        return min(revisions, key=lambda revision: revision.id, default=None)
    named = submission.base.revision_id if submission.base else None
    return _last(revision for revision in revisions if revision.id == named and not revision.is_conflict)


def _last(revisions: Iterable[PostRevision]) -> PostRevision | None:
    return max(revisions, key=lambda revision: revision.id, default=None)
