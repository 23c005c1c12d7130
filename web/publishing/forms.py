"""What may be typed in on the page of a post's settings."""

from datetime import datetime
from zoneinfo import ZoneInfo

from web.html.form_input import FormInput
from web.models.post import Post
from web.publishing.moment_field import MomentField, ZonedForm, is_moment


class ScheduleForm(ZonedForm):
    """When a post shall appear."""

    moment = MomentField("Publish at", [is_moment])

    @classmethod
    def of(cls, post: Post, zone: ZoneInfo, now: datetime) -> "ScheduleForm":
        """The form with the time for which the post is scheduled, if it is."""
        form = cls(zone)
        form.show_moment(form.moment, post.published_at if post.is_scheduled_at(now) else None)
        return form


class SettingsForm(ZonedForm):
    """What is decided about a post beside its words."""

    published_at = MomentField("Published", [is_moment])

    @classmethod
    def of(cls, post: Post, zone: ZoneInfo, now: datetime) -> "SettingsForm":
        """The form as the post is now."""
        form = cls(zone)
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
