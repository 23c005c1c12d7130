"""What was written in a post, and when: every named revision, and the working ones of those who are writing."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base, UTCDateTime
from web.database.types import Key
from web.models.post import SLUG_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT

if TYPE_CHECKING:
    from web.models.post import Post
    from web.models.user import User


class PostRevisionType(StrEnum):
    """The codes of PostRevisionTypeLookup."""

    AUTOSAVE = "autosave"
    SAVE = "save"
    PUBLICATION = "publication"
    SCHEDULE = "schedule"
    RESTORE = "restore"
    IMPORT = "import"
    MERGE = "merge"
    CONFLICT = "conflict"


# What the history lists. Autosaves come and go, and a conflict is no state that the post was ever in.
UNNAMED = frozenset({PostRevisionType.AUTOSAVE, PostRevisionType.CONFLICT})


class PostRevisionTypeLookup(Base):
    """Why a revision was made."""

    __tablename__ = "post_revision_type_lookup"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))

    rel_post_revisions: Mapped[list["PostRevision"]] = relationship(back_populates="rel_type", lazy="raise")


class PostRevision(Base):
    """The words of a post at one moment, as they were typed.

    The newest one that is no conflict is where the post stands. An autosave is written again and again by the
    `editing_session` it belongs to, each time under a higher `sequence`, until somebody builds on it: then it is
    pinned, and the next one is a new row. It is pending while its post does not say the same: what is saved while
    somebody types, and what is to be published later. A conflict holds words that could not be merged, until it is
    settled.
    """

    __tablename__ = "post_revision"
    __table_args__ = (
        Index("ix_post_revision_post_id_id", "post_id", "id"),
        Index("ix_post_revision_post_id_editing_session", "post_id", "editing_session"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    post_revision_type_lookup_code: Mapped[str] = mapped_column(ForeignKey("post_revision_type_lookup.code"))
    base_post_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("post_revision.id", ondelete="SET NULL"), index=True
    )
    editing_session: Mapped[str] = mapped_column(String(36), default="")
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    is_pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_pending: Mapped[bool] = mapped_column(default=False, server_default=false())
    title: Mapped[str] = mapped_column(String(TITLE_LIMIT))
    body: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text, default="")
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), default="")
    summary: Mapped[str] = mapped_column(String(SUMMARY_LIMIT), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    rel_type: Mapped["PostRevisionTypeLookup"] = relationship(back_populates="rel_post_revisions", lazy="raise")
    rel_post: Mapped["Post"] = relationship(back_populates="rel_revisions", lazy="raise")
    rel_user: Mapped["User | None"] = relationship(back_populates="rel_post_revisions", lazy="raise")
    rel_base: Mapped["PostRevision | None"] = relationship(
        back_populates="rel_successors", lazy="raise", remote_side=[id]
    )
    rel_successors: Mapped[list["PostRevision"]] = relationship(
        back_populates="rel_base", lazy="raise", passive_deletes=True
    )

    @property
    def reason(self) -> str:
        """Why it was made, in words. Its type must be loaded."""
        return self.rel_type.name

    @property
    def is_autosave(self) -> bool:
        """Whether it is a working revision."""
        return self.post_revision_type_lookup_code == PostRevisionType.AUTOSAVE

    @property
    def is_merge(self) -> bool:
        """Whether the blog made it of what two people wrote."""
        return self.post_revision_type_lookup_code == PostRevisionType.MERGE

    @property
    def is_conflict(self) -> bool:
        """Whether its words still wait, or waited, for somebody to bring them together with others."""
        return self.post_revision_type_lookup_code == PostRevisionType.CONFLICT

    def stands_for(self, kind: PostRevisionType) -> bool:
        """Whether another revision of this type with the same words would tell nothing new."""
        if kind == PostRevisionType.SAVE:
            return not self.is_autosave
        return kind in (PostRevisionType.AUTOSAVE, self.post_revision_type_lookup_code)

    @property
    def version(self) -> str:
        """What a form says that it was made from: `"12.3"` is the third state of revision 12."""
        return f"{self.id}.{self.sequence}"

    def came_before(self, number: int) -> bool:
        """Whether it was begun before the revision of this number. Each gets its own while their post is locked."""
        return self.id < number

    def pin(self) -> None:
        """Keep these very words: somebody builds on them."""
        self.is_pinned = True

    def keep_as_saved(self) -> None:
        """Turn a working revision into one that the history lists."""
        self.post_revision_type_lookup_code = PostRevisionType.SAVE

    def settle(self, now: datetime) -> None:
        """Note that somebody brought the words of a conflict together, or gave them up."""
        self.settled_at = self.settled_at or now
