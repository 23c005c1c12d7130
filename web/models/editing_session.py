"""Who has which post open in an editor."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.user import User

# An open editor tells every thirty seconds that it is there; one that missed two of these is taken for closed.
SEEN_INTERVAL = timedelta(seconds=30)
OPEN_FOR = timedelta(seconds=75)


class EditingSession(Base):
    """One opened editor. It locks nothing: whoever else writes is told, and what they write is merged."""

    __tablename__ = "editing_session"
    __table_args__ = (Index("ix_editing_session_post_id_seen_at", "post_id", "seen_at"),)

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)

    rel_post: Mapped["Post"] = relationship(back_populates="rel_editing_sessions", lazy="raise")
    rel_user: Mapped["User"] = relationship(back_populates="rel_editing_sessions", lazy="raise")
