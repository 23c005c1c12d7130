"""Loses nothing of what was typed into a post's settings by somebody whose session had ended."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from wtforms import BooleanField
from wtforms.fields.core import UnboundField

from web.accounts.forms import SignInForm
from web.html.forms import Text
from web.http import current
from web.http.responses import fragment, page
from web.publishing.forms import AuthorForm, LinkForm, PageForm, PartForm, ReturnForm, ScheduleForm
from web.publishing.settings_form import SettingsForm

View = Callable[[Request], Response]
FORMS = (SettingsForm, ScheduleForm, LinkForm, AuthorForm, PartForm, PageForm, ReturnForm)
FIELDS: dict[str, "UnboundField[Any]"] = {
    name: field for form in FORMS for name, field in vars(form).items() if isinstance(field, UnboundField)
}
# How fields look where they are shown once more; those with choices are known by these.
KINDS = {BooleanField: "tick", Text: "text"}


class KeptField(NamedTuple):
    """What was sent under a name. `kind` is "choice", "tick", "text", "line" or "hidden"."""

    name: str
    value: str
    label: str
    kind: str
    choices: list[tuple[str, str]]


def keeping_fields(view: View) -> View:
    """A view that answers strangers with all they sent: 401, and nothing of the post.

    With htmx the form to sign in comes above the page, where every field stays as it is. Without it, a page has every
    field, to be sent again.
    """

    @wraps(view)
    def kept(request: Request) -> Response:
        sent = current.form(request)
        if current.user(request) is not None or not (current.is_htmx(request) or len(sent)):
            return view(request)
        if current.is_htmx(request):
            form = SignInForm()
            headers = {"HX-Retarget": "#settings-note", "HX-Reswap": "innerHTML"}
            return fragment(request, "publishing/_kept.html", status=401, headers=headers, form=form, wanted="/")
        fields = [_kept_field(name, value) for name in sent for value in sent.getlist(name)]
        return page(request, "publishing/kept.html", status=401, fields=fields)

    return kept


def _kept_field(name: str, value: str) -> KeptField:
    # A field is called what it was called where it was filled in. What no form shows is sent along as it came.
    field = FIELDS.get(name)
    if field is None:
        return KeptField(name, value, "", "hidden", [])
    choices = [(choice.value, choice.label) for choice in field.kwargs.get("choices", [])]
    kind = "choice" if choices else KINDS.get(field.field_class, "line")
    return KeptField(name, value, field.args[0], kind, choices)
