"""Who is signed in where, and who failed to sign in."""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.user import User

SEEN_INTERVAL = timedelta(minutes=5)


class LoginSession(Base):
    """One browser in which somebody is signed in. The cookie holds the token, this row only its hash."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    user_agent: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(45))

    rel_user: Mapped["User"] = relationship(back_populates="rel_login_sessions", lazy="raise")

    @staticmethod
    def hash_of(token: str) -> str:
        """The hash under which a token is stored: SHA-256, since the token itself is 256 random bits."""
        return hashlib.sha256(token.encode()).hexdigest()


class SignInFailure(Base):
    """A failed sign-in, counted to slow down guessing by name and by address."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_login_failed_at", "login", "failed_at"),
        Index("ix_sign_in_failure_address_failed_at", "address", "failed_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    login: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(45))
    failed_at: Mapped[datetime] = mapped_column(UTCDateTime)
