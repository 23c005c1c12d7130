"""How far an editor had come that sent what its post said already."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime

if TYPE_CHECKING:
    from web.models.post import Post


class EditingSequence(Base):
    """The highest sequence of an editing session that changed nothing, so that no revision tells of it.

    What was typed before, and arrives later, is known by it.
    """

    __tablename__ = "editing_sequence"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    editing_session: Mapped[str] = mapped_column(String(36), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer)
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)

    rel_post: Mapped["Post"] = relationship(back_populates="rel_editing_sequences", lazy="raise")
