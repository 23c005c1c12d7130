"""Secret addresses under which somebody without an account reads what is not published yet."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.user import User


class PreviewLink(Base):
    """A link to a post that works until it expires or is revoked. Only the hash of its token is known here."""

    __tablename__ = "preview_link"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    creator_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    rel_post: Mapped["Post"] = relationship(back_populates="rel_preview_links", lazy="raise")
    rel_creator: Mapped["User | None"] = relationship(back_populates="rel_preview_links", lazy="raise")

    @staticmethod
    def hash_of(token: str) -> str:
        """The hash under which a token is stored: SHA-256, since the token itself is 256 random bits."""
        return hashlib.sha256(token.encode()).hexdigest()

    def revoke(self, now: datetime) -> None:
        """Let it lead nowhere from now on."""
        self.revoked_at = self.revoked_at or now
