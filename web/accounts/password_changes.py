"""Changing one's own password."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from web.accounts import actions, queries
from web.accounts.account import account_page
from web.accounts.browser import passwords, remember_failure, require_patience, require_signed_in
from web.accounts.forms import PasswordForm
from web.http import authentication, current, flashes
from web.http.responses import fragment, redirect_all
from web.models.user import User

SAVED = "Your password has been changed. Everywhere else you have been signed out."
WRONG = "This is not your present password."


async def create(request: Request) -> Response:
    """Check the present password and store the new one; the slow part with neither slot nor transaction."""
    user = require_signed_in(request).user
    user_id, stored = user.id, user.password_hash
    form = PasswordForm(current.form(request))
    if not await run_sync(_is_worth_a_look, request, user, form):
        return await run_sync(_ask_again, request, form)
    async with current.unit(request).stepped_outside():
        new_hash = await _new_hash(request, form, stored)
    return await run_sync(_conclude, request, form, (user_id, stored, new_hash))


def _is_worth_a_look(request: Request, user: User, form: PasswordForm) -> bool:
    is_valid = form.validate()
    # Whoever sits at somebody else's open browser must not guess without end either.
    require_patience(request, user.username)
    return is_valid


async def _new_hash(request: Request, form: PasswordForm, stored: str | None) -> str | None:
    is_right, _ = await passwords(request).verify_aside(form.current_password.data or "", stored)
    return await passwords(request).hash_aside(form.password.data or "") if is_right else None


def _conclude(request: Request, form: PasswordForm, checked: tuple[int, str | None, str | None]) -> Response:
    user_id, stored, new_hash = checked
    # Others may have guessed meanwhile: of many guesses at once no more count than one by one.
    require_patience(request, require_signed_in(request).user.username)
    user = queries.find_user(current.session(request), user_id)
    if user is None or new_hash is None or user.password_hash != stored:
        remember_failure(request, require_signed_in(request).user.username)
        form.add_error(form.current_password, WRONG)
        return _ask_again(request, form)
    return _store(request, user, new_hash)


def _store(request: Request, user: User, new_hash: str) -> Response:
    keep = require_signed_in(request).login_session.id
    token = actions.change_password(current.session(request), user, new_hash, keep=keep)
    if token is not None:
        authentication.remember(request, token)
    flashes.add(request, "success", SAVED)
    return redirect_all(request, "/account")


def _ask_again(request: Request, form: PasswordForm) -> Response:
    if current.is_htmx(request):
        return fragment(request, "accounts/_password_form.html", status=422, password=form)
    return account_page(request, 422, password=form)
