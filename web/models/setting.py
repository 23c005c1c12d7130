"""What the owner decided about the blog."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from web.database import Base


class SignUp(StrEnum):
    """Who may make an account."""

    OPEN = "open"
    INVITATION = "invitation"
    CLOSED = "closed"


class Setting(Base):
    """One decision: a name and a value. What is not stored has its default."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Blog:
    """All decisions together, each a string as it is stored; `guests` is "yes" or "no".

    `uid` is no decision: the migration made it, and it stays when the blog moves to another domain.
    """

    title: str = "Colophon"
    description: str = "A blog that hides nothing"
    language: str = "en"
    zone: str = "UTC"
    sign_up: str = SignUp.INVITATION
    guests: str = "no"
    uid: str = str(NAMESPACE_URL)

    @classmethod
    def from_rows(cls, rows: Mapping[str, str]) -> "Blog":
        """Take what is known of the stored names and values; the rest keeps its default."""
        return cls(**{field.name: rows[field.name] for field in fields(cls) if field.name in rows})

    @cached_property
    def time_zone(self) -> ZoneInfo:
        """The zone in which dates are shown and typed; UTC when nobody knows the stored name (any more)."""
        try:
            return ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            return ZoneInfo("UTC")

    def uid_of(self, part: str) -> str:
        """A lasting name for a part of the blog, such as the feed of a tag; of the whole blog for an empty one."""
        return str(uuid5(UUID(self.uid), part)) if part else self.uid

    @property
    def guest_comments(self) -> bool:
        """Whether people without an account may comment."""
        return self.guests == "yes"

    @property
    def is_sign_up_open(self) -> bool:
        """Whether anybody may make an account."""
        return self.sign_up == SignUp.OPEN
