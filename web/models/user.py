"""People and their roles."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key

if TYPE_CHECKING:
    from web.models.comment import Comment
    from web.models.editing_session import EditingSession
    from web.models.login_session import LoginSession
    from web.models.media import Media
    from web.models.message import Message, UserMessageAssociation
    from web.models.post import UserPostAssociation
    from web.models.post_revision import PostRevision
    from web.models.preview_link import PreviewLink
    from web.models.rescued_text import RescuedText
    from web.models.search import UserSearch


class Role(StrEnum):
    """The codes of RoleLookup, in ascending order of what they may."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    AUTHOR = "author"
    EDITOR = "editor"
    OWNER = "owner"


WRITERS = frozenset({Role.CONTRIBUTOR, Role.AUTHOR, Role.EDITOR, Role.OWNER})
PUBLISHERS = frozenset({Role.AUTHOR, Role.EDITOR, Role.OWNER})
MANAGERS = frozenset({Role.EDITOR, Role.OWNER})


class RoleLookup(Base):
    """The roles that a user can have."""

    __tablename__ = "role_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_users: Mapped[list["User"]] = relationship(back_populates="rel_role", lazy="raise")


class User(Base):
    """A person with an account, or an author of imported posts who has never signed in.

    An inactive user has a public page but cannot sign in.
    """

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(50), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(100))
    bio: Mapped[str] = mapped_column(Text, default="")
    password_hash: Mapped[str | None] = mapped_column(String(255))
    is_active: Mapped[bool] = mapped_column(default=True)
    role_lookup_code: Mapped[str] = mapped_column(ForeignKey("role_lookup.code"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    rel_role: Mapped["RoleLookup"] = relationship(back_populates="rel_users", lazy="raise")
    rel_login_sessions: Mapped[list["LoginSession"]] = relationship(
        back_populates="rel_user", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_post_associations: Mapped[list["UserPostAssociation"]] = relationship(
        back_populates="rel_user", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_message_associations: Mapped[list["UserMessageAssociation"]] = relationship(
        back_populates="rel_user", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_editing_sessions: Mapped[list["EditingSession"]] = relationship(
        back_populates="rel_user", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_rescued_texts: Mapped[list["RescuedText"]] = relationship(
        back_populates="rel_user", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rel_comments: Mapped[list["Comment"]] = relationship(back_populates="rel_user", lazy="raise", passive_deletes=True)
    rel_post_revisions: Mapped[list["PostRevision"]] = relationship(
        back_populates="rel_user", lazy="raise", passive_deletes=True
    )
    rel_media: Mapped[list["Media"]] = relationship(back_populates="rel_user", lazy="raise", passive_deletes=True)
    rel_sent_messages: Mapped[list["Message"]] = relationship(
        back_populates="rel_sender", lazy="raise", passive_deletes=True
    )
    rel_preview_links: Mapped[list["PreviewLink"]] = relationship(
        back_populates="rel_creator", lazy="raise", passive_deletes=True
    )
    rel_search: Mapped["UserSearch | None"] = relationship(
        back_populates="rel_user", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def may_write(self) -> bool:
        """Whether the editor is open to this person at all."""
        return self.role_lookup_code in WRITERS

    @property
    def may_publish(self) -> bool:
        """Whether this person may publish posts of their own."""
        return self.role_lookup_code in PUBLISHERS

    @property
    def may_manage(self) -> bool:
        """Whether this person answers for everybody's posts and comments."""
        return self.role_lookup_code in MANAGERS

    @property
    def is_owner(self) -> bool:
        """Whether this person owns the blog."""
        return self.role_lookup_code == Role.OWNER

    def change_password(self, password_hash: str) -> None:
        """Set the hash that the next sign-in is checked against."""
        self.password_hash = password_hash
