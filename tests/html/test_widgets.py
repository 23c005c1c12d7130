"""Our elements for fields are those of WTForms, letter by letter."""

from typing import Any

import pytest
from wtforms import widgets as theirs
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length

from web.html import widgets as ours
from web.html.forms import Form, Hidden, Line, Text

NASTY = "\"' <b> & é\n</textarea>"


class Example(Form):
    line = Line("Line", [InputRequired(), Length(max=7)])
    text = Text("Text", [InputRequired()])
    hidden = Hidden()


ATTRIBUTES: list[dict[str, Any]] = [
    {},
    {"class": "wide", "data_hx_get": "/a?b=1&c=2", "aria_describedby": NASTY, "required": True, "rows": 2},
    {"id": "other", "spellcheck": False, "autocomplete": "off"},
]


def written(field: Field, widget: Any, values: dict[str, Any]) -> str:
    """The element of a field, as a widget writes it when a template asks for it."""
    field.widget = widget
    return str(field(**values))


@pytest.mark.parametrize("values", ATTRIBUTES)
@pytest.mark.parametrize("name", ["line", "text", "hidden"])
@pytest.mark.parametrize("data", ["", NASTY])
def test_they_write_what_wtforms_writes(name: str, values: dict[str, Any], data: str) -> None:
    kind = {"line": "TextInput", "text": "TextArea", "hidden": "HiddenInput"}[name]
    field = Example(None, None, **{name: data})[name]
    assert isinstance(field.widget, getattr(ours, kind))
    assert written(field, field.widget, values) == written(field, getattr(theirs, kind)(), values)
