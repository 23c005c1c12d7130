"""Reads what was rescued."""

from collections.abc import Sequence

from sqlalchemy import func, not_, or_, select
from sqlalchemy.orm import Session, defer

from web.models.post_revision import PostRevision, PostRevisionType
from web.models.rescued_text import RescuedText
from web.revisions.submission import Submission


def find_texts(session: Session, user_id: int) -> Sequence[RescuedText]:
    """Everything rescued for somebody, newest first, without the texts."""
    theirs = select(RescuedText).where(RescuedText.user_id == user_id)
    statement = theirs.options(defer(RescuedText.body, raiseload=True))
    return session.scalars(statement.order_by(RescuedText.updated_at.desc(), RescuedText.id.desc())).all()


def find_text(session: Session, user_id: int, text_id: int) -> RescuedText | None:
    """One rescued text; None for somebody else's."""
    statement = select(RescuedText).where(RescuedText.id == text_id, RescuedText.user_id == user_id)
    return session.scalars(statement).one_or_none()


def find_text_of(session: Session, user_id: int, editing_session: str) -> RescuedText | None:
    """What was rescued from one editor."""
    is_its = RescuedText.editing_session == editing_session
    return session.scalars(select(RescuedText).where(RescuedText.user_id == user_id, is_its)).first()


def find_stored(session: Session, user_id: int, submission: Submission, text_id: int | None) -> Sequence[int]:
    """The text of this number, and what was rescued from an editor that sent this submission since."""
    is_its = RescuedText.editing_session == submission.editing_session
    is_stored = or_(RescuedText.sequence <= submission.sequence, not_(is_its))
    theirs = select(RescuedText.id).where(RescuedText.user_id == user_id)
    return session.scalars(theirs.where(or_(RescuedText.id == text_id, is_its), is_stored)).all()


def count_texts(session: Session, user_id: int) -> int:
    """How much is kept for somebody."""
    return session.scalars(select(func.count(RescuedText.id)).where(RescuedText.user_id == user_id)).one()


def find_conflicts(session: Session, user_id: int) -> Sequence[PostRevision]:
    """Somebody's words that still wait to be brought together with others, newest first."""
    is_conflict = PostRevision.post_revision_type_lookup_code == PostRevisionType.CONFLICT
    theirs = select(PostRevision).where(PostRevision.user_id == user_id, is_conflict)
    statement = theirs.where(PostRevision.settled_at.is_(None)).options(defer(PostRevision.body, raiseload=True))
    return session.scalars(statement.order_by(PostRevision.id.desc())).all()
