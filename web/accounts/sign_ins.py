"""Signing in."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from web.accounts import actions, queries, rules
from web.accounts.browser import passwords, remember_failure, require_patience, sign_in
from web.accounts.forms import SignInForm
from web.http import current
from web.http.responses import fragment, page, page_or_fragment, redirect, redirect_all
from web.models.user import User

# One sentence for an unknown name and for a wrong password: it must not tell which accounts there are.
WRONG = "This name and this password do not belong together. Please check both and try again."


def new(request: Request) -> Response:
    """The form. Whoever is signed in already goes where they wanted to."""
    wanted = _wanted(request)
    if current.user(request) is not None:
        return redirect(wanted)
    return page(request, "accounts/sign_in.html", form=SignInForm(), wanted=wanted)


async def create(request: Request) -> Response:
    """Check name and password, the slow part of it with neither slot nor transaction."""
    form = SignInForm(current.form(request))
    if not form.validate():
        return await run_sync(_ask_again, request, form)
    stored = await run_sync(_find_hash, request, form)
    async with current.unit(request).stepped_outside():
        is_right, new_hash = await passwords(request).verify_aside(form.password.data or "", stored)
    return await run_sync(_conclude, request, form, (stored if is_right else None, new_hash))


def _find_hash(request: Request, form: SignInForm) -> str | None:
    require_patience(request, _login(form))
    user = queries.find_by_login(current.session(request), _login(form))
    return user.password_hash if user is not None and user.is_active else None


def _conclude(request: Request, form: SignInForm, found: tuple[str | None, str | None]) -> Response:
    # Others may have failed for the same name meanwhile: of many guesses at once no more count than one by one.
    require_patience(request, _login(form))
    right_hash, new_hash = found
    user = queries.find_by_login(current.session(request), _login(form))
    if user is None or not user.is_active or right_hash is None or user.password_hash != right_hash:
        remember_failure(request, _login(form))
        form.add_error(form.password, WRONG)
        return _ask_again(request, form)
    return _welcome(request, user, new_hash)


def _welcome(request: Request, user: User, new_hash: str | None) -> Response:
    if new_hash is not None:
        user.change_password(new_hash)
    actions.clear_failures(current.session(request), user)
    sign_in(request, user)
    if _stays(request):
        return fragment(request, "accounts/_signed_in.html")
    return redirect_all(request, _wanted(request))


def _ask_again(request: Request, form: SignInForm) -> Response:
    templates = ("accounts/sign_in.html", "accounts/_sign_in_form.html")
    return page_or_fragment(request, *templates, status=422, form=form, wanted=_wanted(request), stays=_stays(request))


def _login(form: SignInForm) -> str:
    # Some letters are longer in lower case, and no name or address is longer than this.
    return (form.login.data or "").lower()[: rules.EMAIL_LONGEST]


def _stays(request: Request) -> bool:
    # The form stands above an editor full of words: the page must not be left.
    return current.is_htmx(request) and "stays" in current.form(request)


def _wanted(request: Request) -> str:
    sent = current.form(request).get("next") if request.method == "POST" else ""
    return rules.local_path(sent or request.query_params.get("next", ""))
