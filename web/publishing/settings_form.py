"""What is decided about a post beside its words, as one form."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, RadioField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # The stubs do not know it yet.
from wtforms.validators import ValidationError

from web.html.form_input import FormInput
from web.html.forms import Line, at_most, required
from web.models.post import ADDRESS_LIMIT, Post
from web.models.post_state import PostVisibility
from web.models.user import User
from web.publishing import rules
from web.publishing.moment_field import MomentField, ZonedForm, is_moment, kept

VISIBILITY_CHOICES = [
    SelectChoice(PostVisibility.PUBLIC, "Everybody"),
    SelectChoice(PostVisibility.UNLISTED, "Unlisted: whoever has the address"),
    SelectChoice(PostVisibility.PRIVATE, "Private: its authors and the editors"),
]
OPEN, CLOSED, LATER = "open", "closed", "later"
COMMENT_CHOICES = [
    SelectChoice(OPEN, "Open"),
    SelectChoice(CLOSED, "Closed"),
    SelectChoice(LATER, "Closed from a date"),
]


def _is_address(_form: Any, field: Field) -> None:
    if problem := rules.address_problem(field.data or ""):
        raise ValidationError(problem)


def _is_image(_form: Any, field: Field) -> None:
    if problem := rules.image_problem(field.data or ""):
        raise ValidationError(problem)


class SettingsForm(ZonedForm):
    """The settings of a post. What it cannot have yet, or this person not decide, is no field."""

    visibility = RadioField("Who may read it", [required("Please choose who may read it.")], choices=VISIBILITY_CHOICES)
    published_at = MomentField("Published", [is_moment])
    comments = RadioField("Comments", [required("Please choose whether there are comments.")], choices=COMMENT_CHOICES)
    comments_close_at = MomentField("Comments close at", [is_moment])
    canonical_url = Line("Canonical address", [at_most(ADDRESS_LIMIT, "An address"), _is_address])
    social_image = Line("Social image", [at_most(ADDRESS_LIMIT, "An address"), _is_image])
    is_kept_from_robots = BooleanField("Keep search engines away")
    is_featured = BooleanField("Featured")

    @classmethod
    def of(cls, post: Post, user: User | None, zone: ZoneInfo, now: datetime) -> "SettingsForm":
        """The form as the post is now."""
        later = CLOSED if not post.takes_comments_at(now) else LATER
        form = cls(
            zone,
            visibility=post.post_visibility_lookup_code,
            comments=later if post.comments_close_at else OPEN,
            canonical_url=post.canonical_url,
            social_image=post.social_image,
            is_kept_from_robots=post.is_kept_from_robots,
            is_featured=post.featured_at is not None,
        )
        form.show_moment(form.published_at, post.published_at)
        form.show_moment(form.comments_close_at, post.comments_close_at)
        return form.fitting(post, user, now)

    @classmethod
    def sent_for(cls, post: Post, user: User | None, zone: ZoneInfo, now: datetime, sent: FormInput) -> "SettingsForm":
        """The form with what was changed about the post."""
        form = cls(zone, sent)
        form.settle(cls.of(post, user, zone, now))
        return form.fitting(post, user, now)

    def is_valid_for(self, post: Post, now: datetime) -> bool:
        """Check all fields, also those that depend on the post and on the time."""
        if not self.validate():
            return False
        if "published_at" in self and (problem := rules.date_problem(kept(self.published_at, post.published_at), now)):
            self.add_error(self.published_at, problem)
        if self.comments.data == LATER and self.comments_close_at.moment is None:
            self.add_error(self.comments_close_at, "Please type the date from which comments are closed.")
        return not self.errors

    def comments_end(self, post: Post, now: datetime) -> datetime | None:
        """From when on a valid form wants no comments any more. Closed comments stay closed since they were."""
        if self.comments.data == LATER:
            return kept(self.comments_close_at, post.comments_close_at)
        if self.comments.data == OPEN:
            return None
        return now if post.takes_comments_at(now) else post.comments_close_at

    def fitting(self, post: Post, user: User | None, now: datetime) -> "SettingsForm":
        """The form without the fields that do not fit."""
        if not (post.is_released and post.has_appeared_at(now)):
            del self.published_at
        if not rules.may_feature(user):
            del self.is_featured
        return self
