"""How somebody is presented to readers."""

from starlette.requests import Request
from starlette.responses import Response

from web.accounts.account import account_page
from web.accounts.forms import ProfileForm
from web.http import current, flashes
from web.http.responses import fragment, page_or_fragment, redirect
from web.search.actions import index_people

SAVED = "Your profile has been saved."


def update(request: Request) -> Response:
    """Save name and biography."""
    form = ProfileForm(current.form(request))
    if current.user(request) is None and form.bio.data:
        return _kept_for_signed_out(request, form)
    user = current.require_user(request)
    if not form.validate():
        return _answer(request, form, status=422)
    form.populate_obj(user)
    index_people(current.session(request), [user])
    return _answer(request, form)


def _kept_for_signed_out(request: Request, form: ProfileForm) -> Response:
    templates = ("accounts/profile.html", "accounts/_profile_form.html")
    return page_or_fragment(request, *templates, status=401, profile=form, is_signed_out=True)


def _answer(request: Request, form: ProfileForm, status: int = 200) -> Response:
    if current.is_htmx(request):
        said = SAVED if status == 200 else ""
        return fragment(request, "accounts/_profile_form.html", status=status, profile=form, said=said)
    if status == 200:
        flashes.add(request, "success", SAVED)
        return redirect("/account")
    return account_page(request, status, profile=form)
