"""What may be typed in on the page of a post's settings."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # The stubs do not know it yet.

from web.html.form_input import FormInput
from web.html.forms import Form, Text, at_most, required
from web.models.post import Post
from web.models.post_state import PostVisibility
from web.publishing.moment_field import MomentField, ZonedForm, is_moment

LIFETIME_CHOICES = [SelectChoice("1", "1 day"), SelectChoice("7", "7 days"), SelectChoice("30", "30 days")]
NOTE_LIMIT = 10_000
VISIBILITY_CHOICES = [
    SelectChoice(PostVisibility.PUBLIC, "Everybody"),
    SelectChoice(PostVisibility.UNLISTED, "Whoever has the address; it stands in no list and no feed"),
    SelectChoice(PostVisibility.PRIVATE, "Only its authors and the editors"),
]


class ScheduleForm(ZonedForm):
    """When a post shall appear."""

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


class ReturnForm(Form):
    """What is to be changed before a post can be published."""

    note = Text("Note", [required("Please say what is to be changed."), at_most(NOTE_LIMIT, "A note")])


class SettingsForm(ZonedForm):
    """What is decided about a post beside its words."""

    published_at = MomentField("Published", [is_moment])
    visibility = RadioField("Who may read it", [required("Please choose who may read it.")], choices=VISIBILITY_CHOICES)

    @classmethod
    def of(cls, post: Post, zone: ZoneInfo, now: datetime) -> "SettingsForm":
        """The form as the post is now."""
        form = cls(zone, visibility=post.post_visibility_lookup_code)
        form.show_moment(form.published_at, post.published_at)
        return form.fitting(post, now)

    @classmethod
    def sent_for(cls, post: Post, zone: ZoneInfo, now: datetime, sent: FormInput) -> "SettingsForm":
        """The form with what was typed about the post."""
        return cls(zone, sent).fitting(post, now)

    def fitting(self, post: Post, now: datetime) -> "SettingsForm":
        """The form without what the post cannot have yet."""
        if not (post.is_released and post.has_appeared_at(now)):
            del self.published_at
        return self
