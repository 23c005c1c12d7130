"""Making an account of one's own, where the owner allows it."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from web.accounts import actions, queries
from web.accounts.actions import NewAccount, TakenError
from web.accounts.browser import passwords, sign_in
from web.accounts.forms import SignUpForm
from web.http import current, flashes
from web.http.responses import page, page_or_fragment, redirect, redirect_all
from web.models.user import Role


def new(request: Request) -> Response:
    """The form, or in plain words why there is none."""
    if current.user(request) is not None:
        return redirect("/")
    if not current.blog(request).is_sign_up_open:
        return page(request, "accounts/sign_up_closed.html")
    return page(request, "accounts/sign_up.html", form=SignUpForm())


async def create(request: Request) -> Response:
    """Make a reader and sign them in."""
    form = SignUpForm(current.form(request))
    refusal = await run_sync(_refuse, request, form)
    if refusal is not None:
        return refusal
    async with current.unit(request).stepped_outside():
        password_hash = await passwords(request).hash_aside(form.password.data or "")
    return await run_sync(_store, request, form, password_hash)


def _refuse(request: Request, form: SignUpForm) -> Response | None:
    if not current.blog(request).is_sign_up_open:
        return page(request, "accounts/sign_up_closed.html", status=403)
    if not form.validate():
        return _ask_again(request, form)
    name, email = (form.username.data or "").lower(), (form.email.data or "").lower()
    taken = queries.find_taken(current.session(request), name, email)
    return _ask_again(request, form, taken) if taken else None


def _store(request: Request, form: SignUpForm, password_hash: str) -> Response:
    account = NewAccount(form.username.data or "", form.email.data or "", password_hash)
    try:
        user = actions.create_account(current.session(request), account, Role.READER, current.now(request))
    except TakenError as error:
        # Somebody else was faster while the password was hashed.
        return _ask_again(request, form, error.fields)
    sign_in(request, user)
    flashes.add(request, "success", f"Welcome, {user.display_name}. This is your account; you are signed in.")
    return redirect_all(request, "/")


def _ask_again(request: Request, form: SignUpForm, taken: frozenset[str] = frozenset()) -> Response:
    form.point_out_taken(taken)
    return page_or_fragment(request, "accounts/sign_up.html", "accounts/_sign_up_form.html", status=422, form=form)
