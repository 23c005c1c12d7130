"""What the fields of a post's settings are called, for whoever could not store them."""

from typing import Any

from wtforms import BooleanField
from wtforms.fields.core import UnboundField

from web.html.forms import Text
from web.http import kept_fields
from web.http.kept_fields import KeptField
from web.publishing.forms import AuthorForm, LinkForm, PageForm, PartForm, ReturnForm, ScheduleForm
from web.publishing.settings_form import SettingsForm

FORMS = (SettingsForm, ScheduleForm, LinkForm, AuthorForm, PartForm, PageForm, ReturnForm)
FIELDS: dict[str, "UnboundField[Any]"] = {
    name: field for form in FORMS for name, field in vars(form).items() if isinstance(field, UnboundField)
}
# How fields look where they are shown once more; those with choices are known by these.
KINDS = {BooleanField: "tick", Text: "text"}


def _describe(name: str, value: str) -> KeptField:
    # A field is called what it was called where it was filled in. What no form shows is sent along as it came.
    field = FIELDS.get(name)
    if field is None:
        return KeptField(name, value)
    choices = [(choice.value, choice.label) for choice in field.kwargs.get("choices", [])]
    kind = "choice" if choices else KINDS.get(field.field_class, "line")
    return KeptField(name, value, field.args[0], kind, choices)


keeping_fields = kept_fields.keeping_fields(_describe)
