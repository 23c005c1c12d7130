"""Loses nothing of what was typed into a post's settings by somebody whose session had ended."""

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from wtforms.fields.core import UnboundField

from web.accounts.forms import SignInForm
from web.http import current
from web.http.responses import fragment, page
from web.publishing.forms import AuthorForm, LinkForm, PageForm, PartForm, ReturnForm, ScheduleForm
from web.publishing.settings_form import SettingsForm

View = Callable[[Request], Response]
FORMS = (SettingsForm, ScheduleForm, LinkForm, AuthorForm, PartForm, PageForm, ReturnForm)
# A field is called what it was called where it was filled in.
LABELS = {
    name: field.args[0] for form in FORMS for name, field in vars(form).items() if isinstance(field, UnboundField)
}


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
        fields = [(name, _label(name), value) for name in sent for value in sent.getlist(name)]
        return page(request, "publishing/kept.html", status=401, fields=fields)

    return kept


def _label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()
