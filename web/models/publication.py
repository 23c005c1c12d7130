"""What becomes of a post between its first word and its readers: the part of `Post` that is about being seen."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, and_, literal_column
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import ColumnElement

from web.database import UTCDateTime
from web.models.post_state import PostStatus, PostType, PostVisibility, state_of

RESTORABLE_FOR = timedelta(days=30)
IS_DRAFT = "post_status_lookup_code = 'draft' AND deleted_at IS NULL"
IS_IN_REVIEW = "post_status_lookup_code = 'review' AND deleted_at IS NULL"
# SQLite takes an index with a condition only where the query says that very condition. So lists of what has appeared,
# which do not say this one, are not found by the index of what is scheduled.
IS_NO_DRAFT = "post_status_lookup_code != 'draft'"
IS_WITHHELD = "post_visibility_lookup_code != 'public'"
# What can stand in lists as soon as its date has come.
IS_LISTED = (
    "post_status_lookup_code = 'published' AND post_visibility_lookup_code = 'public'"
    " AND post_type_lookup_code = 'post' AND deleted_at IS NULL"
)
IS_PAGE = "post_type_lookup_code = 'page'"


class Publication:
    """States and dates, the rules that are made of them, and the verbs that change them."""

    post_status_lookup_code: Mapped[str] = mapped_column(ForeignKey("post_status_lookup.code"))
    post_visibility_lookup_code: Mapped[str] = mapped_column(
        ForeignKey("post_visibility_lookup.code"), default=PostVisibility.PUBLIC, server_default=PostVisibility.PUBLIC
    )
    post_type_lookup_code: Mapped[str] = mapped_column(
        ForeignKey("post_type_lookup.code"), default=PostType.POST, server_default=PostType.POST
    )
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    earlier_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @hybrid_method
    def is_public_at(self, now: datetime) -> bool:
        """Whether everybody who has its address may read it at that moment. In a query: the same rule as a WHERE."""
        is_out = self.is_released and self.deleted_at is None and self.has_appeared_at(now)
        return is_out and self.post_visibility_lookup_code != PostVisibility.PRIVATE

    @is_public_at.expression
    @classmethod
    def _is_public_at_expression(cls, now: datetime) -> ColumnElement[bool]:
        is_private = cls.post_visibility_lookup_code == literal_column(f"'{PostVisibility.PRIVATE}'")
        return and_(cls._is_out_at(now), ~is_private)

    @hybrid_method
    def is_listed_at(self, now: datetime) -> bool:
        """Whether it stands in lists, feeds and the sitemap at that moment. In a query: the same rule as a WHERE."""
        return self.is_for_all_at(now) and not self.is_page

    @is_listed_at.expression
    @classmethod
    def _is_listed_at_expression(cls, now: datetime) -> ColumnElement[bool]:
        is_post = cls.post_type_lookup_code == literal_column(f"'{PostType.POST}'")
        return and_(cls.is_for_all_at(now), is_post)

    @hybrid_method
    def is_for_all_at(self, now: datetime) -> bool:
        """Whether everybody shall find it at that moment, post or page. In a query: the same rule as a WHERE."""
        return self.is_public_at(now) and self.post_visibility_lookup_code != PostVisibility.UNLISTED

    @is_for_all_at.expression
    @classmethod
    def _is_for_all_at_expression(cls, now: datetime) -> ColumnElement[bool]:
        is_for_all = cls.post_visibility_lookup_code == literal_column(f"'{PostVisibility.PUBLIC}'")
        return and_(cls._is_out_at(now), is_for_all)

    @classmethod
    def _is_out_at(cls, now: datetime) -> ColumnElement[bool]:
        return and_(cls.is_released_in_sight(), cls.published_at <= now)

    @classmethod
    def will_be_listed_after(cls, now: datetime) -> ColumnElement[bool]:
        """For a query: what will stand in lists by itself, in the order of ix_post_public."""
        return and_(cls.can_be_listed(), cls.published_at > now)

    @classmethod
    def can_be_listed(cls) -> ColumnElement[bool]:
        """For a query: what stands in lists as soon as its date has come, by the condition of ix_post_public."""
        is_post = cls.post_type_lookup_code == literal_column(f"'{PostType.POST}'")
        is_for_all = cls.post_visibility_lookup_code == literal_column(f"'{PostVisibility.PUBLIC}'")
        return and_(cls.is_released_in_sight(), is_for_all, is_post)

    @hybrid_property
    def is_page(self) -> bool:
        """Whether it stands by itself, at an address of its own. In a query: the same rule as a WHERE."""
        return self.post_type_lookup_code == PostType.PAGE

    @is_page.inplace.expression
    @classmethod
    def _is_page_expression(cls) -> ColumnElement[bool]:
        return cls.post_type_lookup_code == literal_column(f"'{PostType.PAGE}'")

    @property
    def is_released(self) -> bool:
        """Whether its authors let it go: it is, or will be, published as soon as its date has come."""
        return self.post_status_lookup_code == PostStatus.PUBLISHED

    def has_appeared_at(self, now: datetime) -> bool:
        """Whether the date of its publication has come."""
        return self.published_at is not None and self.published_at <= now

    def is_scheduled_at(self, now: datetime) -> bool:
        """Whether it waits for its date."""
        return self.is_released and not self.has_appeared_at(now)

    @property
    def appears_at(self) -> datetime | None:
        """From when on it stands in lists if nothing is changed; None for what will not by itself."""
        is_for_all = self.is_released and self.post_visibility_lookup_code == PostVisibility.PUBLIC
        return self.published_at if is_for_all and self.deleted_at is None and not self.is_page else None

    def state_at(self, now: datetime) -> str:
        """Its state in one word: "deleted", "scheduled", "unlisted", "private", or the code of its status."""
        codes = self.post_status_lookup_code, self.post_visibility_lookup_code
        return state_of(*codes, self.published_at, self.deleted_at, now)

    @property
    def was_published(self) -> bool:
        """Whether readers may have seen its address."""
        return self.published_at is not None

    @property
    def changed_at(self) -> datetime:
        """When readers last got something new: a post may have been written long before it appeared."""
        return max(self.updated_at, self.published_at or self.updated_at)

    @property
    def restorable_until(self) -> datetime | None:
        """When a deletion becomes final; None for what is not deleted."""
        return self.deleted_at + RESTORABLE_FOR if self.deleted_at else None

    def publish(self, now: datetime) -> None:
        """Show the post to everybody, also one that was deleted. Published again it keeps its first date."""
        self.deleted_at = None
        self.post_status_lookup_code = PostStatus.PUBLISHED
        if self.published_at is None or self.published_at > now:
            self.published_at = self.earlier_published_at or now
        self.earlier_published_at = None
        self.updated_at = now

    def schedule(self, moment: datetime, now: datetime) -> None:
        """Let the post appear by itself when the moment has come; a date that it had before is kept in mind."""
        if not self.is_scheduled_at(now):
            self.earlier_published_at = self.published_at
        self.post_status_lookup_code = PostStatus.PUBLISHED
        self.published_at = moment
        self.updated_at = now

    def backdate(self, moment: datetime, now: datetime) -> None:
        """Give a published post another date of publication."""
        if moment != self.published_at:
            self.published_at, self.updated_at = moment, now

    def show_to(self, visibility: PostVisibility, now: datetime) -> None:
        """Decide who may read it, now or when it will be published."""
        if visibility != self.post_visibility_lookup_code:
            self.post_visibility_lookup_code, self.updated_at = visibility, now

    def withdraw(self, now: datetime) -> None:
        """Make it a draft again; a scheduled one gets back the date that it had before."""
        if self.is_scheduled_at(now):
            self.published_at, self.earlier_published_at = self.earlier_published_at, None
        self.post_status_lookup_code = PostStatus.DRAFT
        self.updated_at = now

    @property
    def was_submitted(self) -> bool:
        """Whether nobody has decided about it since it was submitted; it may be deleted meanwhile."""
        return self.post_status_lookup_code == PostStatus.REVIEW

    @hybrid_property
    def is_in_review(self) -> bool:
        """Whether it waits for an editor's decision. In a query: the same rule as a WHERE."""
        return self.was_submitted and self.deleted_at is None

    @is_in_review.inplace.expression
    @classmethod
    def _is_in_review_expression(cls) -> ColumnElement[bool]:
        return cls._in_sight(PostStatus.REVIEW)

    @classmethod
    def is_draft_in_sight(cls) -> ColumnElement[bool]:
        """For a query: a draft that was not deleted, in the order of ix_post_draft."""
        return cls._in_sight(PostStatus.DRAFT)

    @classmethod
    def is_released_in_sight(cls) -> ColumnElement[bool]:
        """For a query: published or scheduled, and not deleted."""
        return cls._in_sight(PostStatus.PUBLISHED)

    @classmethod
    def will_appear_after(cls, now: datetime) -> ColumnElement[bool]:
        """For a query: scheduled for after that moment, in the order of ix_post_scheduled."""
        is_no_draft = cls.post_status_lookup_code != literal_column(f"'{PostStatus.DRAFT}'")
        return and_(is_no_draft, cls.is_released_in_sight(), cls.published_at > now)

    @classmethod
    def _in_sight(cls, status: PostStatus) -> ColumnElement[bool]:
        # Written out like the conditions of the indexes, which must be recognised before the values are known.
        return and_(cls.post_status_lookup_code == literal_column(f"'{status}'"), cls.deleted_at.is_(None))

    @classmethod
    def is_withheld(cls) -> ColumnElement[bool]:
        """For a query: not for everybody to find, in the order of ix_post_withheld."""
        return cls.post_visibility_lookup_code != literal_column(f"'{PostVisibility.PUBLIC}'")

    def submit(self, now: datetime) -> None:
        """Let a draft wait for an editor's decision."""
        self.post_status_lookup_code = PostStatus.REVIEW
        self.updated_at = now

    def delete(self, now: datetime) -> None:
        """Put it out of sight; it stays restorable for `RESTORABLE_FOR`."""
        self.deleted_at = self.deleted_at or now

    def restore(self) -> None:
        """Undo a deletion."""
        self.deleted_at = None
