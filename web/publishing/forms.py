"""What may be typed in on the page of a post's settings."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import SelectField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # The stubs do not know it yet.
from wtforms.validators import ValidationError

from web.html.concurrent_form import ConcurrentForm
from web.html.forms import Form, Line, Text, at_most, required
from web.models.post import Post
from web.models.series import SERIES_TITLE_LIMIT
from web.publishing.moment_field import MomentField, ZonedForm, is_moment
from web.series.actions import MOST_PARTS

LIFETIME_CHOICES = [SelectChoice("1", "1 day"), SelectChoice("7", "7 days"), SelectChoice("30", "30 days")]
NOTE_LIMIT = 10_000
USERNAME_LIMIT = 50


class ScheduleForm(ZonedForm):
    """When a post shall appear."""

    asks_about_all = True

    moment = MomentField("Publish at", [is_moment])

    @classmethod
    def of(cls, post: Post, zone: ZoneInfo, now: datetime) -> "ScheduleForm":
        """The form with the time for which the post is scheduled, if it is."""
        form = cls(zone)
        form.show_moment(form.moment, post.published_at if post.is_scheduled_at(now) else None)
        return form


class LinkForm(Form):
    """How long a preview link shall work."""

    days = SelectField("It works for", choices=LIFETIME_CHOICES, default="7", validate_choice=True)

    @property
    def lifetime(self) -> timedelta:
        """What was chosen in a valid form."""
        return timedelta(days=int(self.days.data))


class AuthorForm(Form):
    """Who shall be an author too."""

    username = Line("Username", [required("Please type a username."), at_most(USERNAME_LIMIT, "A username")])


def _is_number(_form: Any, field: Field) -> None:
    text = field.data or ""
    if text and not (text.isascii() and text.isdigit() and 0 < int(text[:5]) <= MOST_PARTS and len(text) < 5):
        raise ValidationError(f"Please type a number from 1 to {MOST_PARTS}, or nothing.")


class PartForm(ConcurrentForm):
    """In which series a post stands, and where."""

    highest = MOST_PARTS

    series = Line("Series", [at_most(SERIES_TITLE_LIMIT, "A title")])
    position = Line("Part number", [_is_number])


class PageForm(ConcurrentForm):
    """Where a page stands in the menu."""

    highest = MOST_PARTS

    menu_order = Line("Place in the menu", [_is_number])

    @classmethod
    def of(cls, post: Post) -> "PageForm":
        """The form with the place that a page has."""
        return cls(menu_order=str(post.menu_order or ""))


class ReturnForm(Form):
    """What is to be changed before a post can be published."""

    note = Text("Note", [required("Please say what is to be changed."), at_most(NOTE_LIMIT, "A note")])
