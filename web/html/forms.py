"""The parent of all forms: what may be typed, checked in one place, with words that say what to do."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from wtforms import Form as WTForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import StopValidation, ValidationError

from web.html import widgets
from web.html.form_input import FormInput

# C0 controls but tab, line feed and carriage return; DEL; and lone surrogates, which no database stores.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What people call a line break. Python's splitlines() also breaks at control characters, which are to be told.
LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
# The categories of blanks, controls, and characters like the zero width space.
INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})

Check = Callable[[Any, Field], None]


class Form(WTForm):
    """A form over what was sent, or over an object when nothing was."""

    def __init__(self, sent: FormInput | None = None, obj: object = None, **values: Any) -> None:
        super().__init__(sent, obj=obj, **values)
        self._sent = sent

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check all fields; errors stand at the fields they belong to."""
        is_valid = super().validate(extra_validators)
        for field in self:
            if isinstance(field, StringField) and field.data:
                problem = self._unstorable(field.data)
                if problem:
                    field.errors = [*field.errors, problem]
                    is_valid = False
        return bool(is_valid)

    def add_error(self, field: Field, text: str) -> None:
        """Say at a field what only the database could tell."""
        field.errors = [*field.errors, text]

    def _unstorable(self, text: str) -> str | None:
        found = UNSTORABLE.search(text)
        if found:
            return f"This contains a control character (U+{ord(found[0]):04X}). Please remove it."
        if self._sent is not None and not self._sent.is_decodable and "\N{REPLACEMENT CHARACTER}" in text:
            return "Some of this could not be read: it was not sent as UTF-8. Please check it and send it again."
        return None


class Line(StringField):
    """One line of text: outer blanks and line breaks are taken out."""

    widget = widgets.TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = LINE_BREAK.sub(" ", str(valuelist[0])).strip()


class Text(TextAreaField):
    """Several lines of text, with line feeds as browsers show them and nothing else changed."""

    widget = widgets.TextArea()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n")


class Hidden(HiddenField):
    """What a form carries along unseen."""

    widget = widgets.HiddenInput()


def required(text: str) -> Check:
    """The field must hold something that can be seen; `text` says what to do."""

    def check(_form: Any, field: Field) -> None:
        if all(unicodedata.category(character) in INVISIBLE for character in field.data or ""):
            raise StopValidation(text)

    return check


def at_most(limit: int, what: str) -> Check:
    """The field must not be longer than `limit` characters; the message names the limit and the length.

    The HTML attribute `maxlength` is not used: browsers cut off pasted text without a word.
    """

    def check(_form: Any, field: Field) -> None:
        length = len(field.data or "")
        if length > limit:
            raise ValidationError(f"{what} can have at most {limit:,} characters; this has {length:,}.")

    return check
