"""Forms that several people, or two windows of one, may have open at once.

Such a form carries along what it showed. When it is sent, only what was changed in it counts: everything else stays as
it is stored by then, whoever changed that meanwhile. What was changed in it and elsewhere is asked about.
"""

import json
from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.fields import Field

from web.html.forms import Form

# What the form showed, as it is sent along.
SHOWN = "shown"


class ConcurrentForm(Form):
    """A form of which only what somebody changed is stored.

    `asks_about_all`: what was changed elsewhere is asked about also where nothing was changed here, because sending the
    form says that everything in it is meant.
    """

    asks_about_all = False

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self._stored: ConcurrentForm = self
        self._changed_elsewhere: dict[str, str] = {}
        self._gone: list[str] = []

    @property
    def shown(self) -> str:
        """What is to be sent along: what is stored at this moment."""
        return json.dumps({field.name: self.text_of(field) for field in self._stored})

    def settle(self, stored: "ConcurrentForm") -> None:
        """Bring what was sent together with the form as it would be opened now. To be called before `validate`."""
        shown = self._read_shown()
        for field in list(self):
            if field.name in stored:
                self._settle_field(field, stored[field.name], shown)
            elif shown.get(field.name) not in (None, self.text_of(field)):
                self._gone.append(field.label.text)
        self._stored = stored

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields, and that nothing is overwritten which was changed elsewhere."""
        is_valid = super().validate(extra_validators)
        for name, present in self._changed_elsewhere.items():
            if name in self:
                text = f"This was changed elsewhere meanwhile: it is {present} now. Send it again to replace that."
                self.add_error(self[name], text)
        for label in self._gone:
            text = f"“{label}” was not changed: it cannot be decided as things are now."
            self.form_errors.append(text)
        return is_valid and not self._changed_elsewhere and not self._gone

    def text_of(self, field: Field) -> str:
        """What a field holds, to be compared with what it held."""
        return "y" if field.data is True else str(field.data or "")

    def take_over(self, field: Field, stored: Field) -> None:
        """Put what is stored into a field that was sent."""
        field.data = stored.data

    def in_words(self, field: Field) -> str:
        """What a field holds, as it is told to people."""
        if isinstance(field, BooleanField):
            return "ticked" if field.data else "not ticked"
        if isinstance(field, RadioField):
            return next((f"“{choice.label.text}”" for choice in field if choice.data == field.data), "not chosen")
        return f"“{field.data}”" if field.data else "empty"

    def _settle_field(self, field: Field, stored: Field, shown: dict[str, str]) -> None:
        typed, present, was = self.text_of(field), self.text_of(stored), shown.get(field.name)
        if was is None:
            # Whoever sends no more than a few fields means those. What a browser does not send was not ticked.
            is_meant = self._sent is not None and field.name in self._sent
            if not is_meant and (shown or not isinstance(field, BooleanField)):
                self.take_over(field, stored)
        elif typed == was and (typed == present or not self.asks_about_all):
            self.take_over(field, stored)
        elif present not in (typed, was):
            self._changed_elsewhere[field.name] = self.in_words(stored)

    def _read_shown(self) -> dict[str, str]:
        try:
            found = json.loads(self._sent.get(SHOWN, "{}")) if self._sent is not None else {}
        except (ValueError, RecursionError):
            found = {}
        return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}
