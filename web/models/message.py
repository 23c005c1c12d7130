"""Messages: from the owner to all, or from the system and the staff to one."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.user import User

SUBJECT_LIMIT = 200


class MessageType(StrEnum):
    """The codes of MessageTypeLookup."""

    GLOBAL = "global"
    PERSONAL = "personal"


class MessageTypeLookup(Base):
    """The kinds of messages."""

    __tablename__ = "message_type_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_messages: Mapped[list["Message"]] = relationship(back_populates="rel_type", lazy="raise")


class Message(Base):
    """A message. A global one is for everybody who had an account when it was sent."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_message_type_lookup_code_id", "message_type_lookup_code", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    message_type_lookup_code: Mapped[str] = mapped_column(ForeignKey("message_type_lookup.code"))
    sender_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    subject: Mapped[str] = mapped_column(String(SUBJECT_LIMIT))
    body: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    rel_type: Mapped["MessageTypeLookup"] = relationship(back_populates="rel_messages", lazy="raise")
    rel_sender: Mapped["User | None"] = relationship(back_populates="rel_sent_messages", lazy="raise")
    rel_user_associations: Mapped[list["UserMessageAssociation"]] = relationship(
        back_populates="rel_message", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_global(self) -> bool:
        """Whether it is for everybody."""
        return self.message_type_lookup_code == MessageType.GLOBAL


class UserMessageAssociation(Base):
    """A message reached a user. A personal one does so when it is sent, a global one when it is read."""

    __tablename__ = "user_message_association"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    rel_user: Mapped["User"] = relationship(back_populates="rel_message_associations", lazy="raise")
    rel_message: Mapped["Message"] = relationship(back_populates="rel_user_associations", lazy="raise")
