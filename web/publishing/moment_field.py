"""A form field for a date and a time in the blog's zone."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms.fields import Field
from wtforms.validators import ValidationError

from web.html.concurrent_form import ConcurrentForm
from web.html.form_input import FormInput
from web.html.forms import Line
from web.publishing.local_time import Choice, choice_of, read_local, to_local


class MomentField(Line):
    """What was typed, the `moment` that it means, and `choices` where clocks leave that open."""

    moment: datetime | None = None
    choices: list[Choice]
    chosen: str = ""

    @property
    def choice_name(self) -> str:
        """The name of the field that says which of the choices is meant."""
        return f"{self.name}_choice"


class ZonedForm(ConcurrentForm):
    """A form whose times are those of a zone."""

    def __init__(self, zone: ZoneInfo, sent: FormInput | None = None, **values: Any) -> None:
        super().__init__(sent, **values)
        self.zone = zone
        for field in self:
            if isinstance(field, MomentField):
                field.choices = []
                field.chosen = sent.get(field.choice_name) if sent is not None else ""

    def show_moment(self, field: MomentField, moment: datetime | None) -> None:
        """Put a stored moment into a field."""
        if moment is None:
            return
        field.data = to_local(moment, self.zone)
        field.choices = list(read_local(field.data, self.zone).choices)
        field.chosen = choice_of(moment, self.zone).value if field.choices else ""

    def text_of(self, field: Field) -> str:
        """What a field holds: a time that comes twice is one of two, chosen beside it."""
        text = super().text_of(field)
        return f"{text} {field.chosen}".strip() if isinstance(field, MomentField) else text

    def take_over(self, field: Field, stored: Field) -> None:
        """Put what is stored into a field that was sent, with what was chosen beside it."""
        super().take_over(field, stored)
        if isinstance(field, MomentField) and isinstance(stored, MomentField):
            field.chosen, field.choices = stored.chosen, stored.choices

    def in_words(self, field: Field) -> str:
        """What a field holds, with a blank between date and time."""
        words = super().in_words(field)
        return words.replace("T", " ") if isinstance(field, MomentField) else words


def is_moment(form: Any, field: Any) -> None:
    """The field must hold a time that exists; where it comes twice, one of them must be chosen. Empty is None."""
    field.moment = None
    if not (field.data or "").strip():
        return
    reading = read_local(field.data or "", form.zone)
    field.choices = list(reading.choices)
    if any(choice.value == field.chosen for choice in field.choices):
        field.moment = datetime.fromisoformat(field.chosen)
        return
    if reading.problem:
        raise ValidationError(reading.problem)
    field.moment = reading.moment


def kept(field: MomentField, present: datetime | None) -> datetime | None:
    """The moment of a valid field; the present one with its seconds where nothing else was typed."""
    if present is not None and field.moment == present.replace(second=0, microsecond=0):
        return present
    return field.moment
