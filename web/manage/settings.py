"""The settings of the blog: the owner decides."""

from starlette.requests import Request
from starlette.responses import Response

from web.blog.actions import change_settings
from web.http import current, flashes
from web.http.responses import page_or_fragment, redirect_all
from web.manage import rules
from web.manage.forms import SettingsForm


def edit(request: Request) -> Response:
    """The form."""
    current.require(request, rules.may_decide)
    return _show(request, SettingsForm.of(current.blog(request)))


def update(request: Request) -> Response:
    """Store what was changed."""
    form = SettingsForm(current.form(request))
    if current.user(request) is None:
        return _show(request, form, status=401)
    current.require(request, rules.may_decide)
    if not form.validate():
        return _show(request, form, status=422)
    changed = change_settings(current.session(request), current.blog(request), form.values_to_store())
    said = "The settings have been saved." if changed else "Nothing was changed."
    flashes.add(request, "success", said)
    # The whole page anew: its masthead shows the title, its dates the time zone.
    return redirect_all(request, "/manage/settings")


def _show(request: Request, form: SettingsForm, *, status: int = 200) -> Response:
    templates = ("manage/settings.html", "manage/_settings_form.html")
    return page_or_fragment(request, *templates, status=status, form=form, is_signed_out=status == 401)
