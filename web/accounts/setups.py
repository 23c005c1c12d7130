"""The first account of a new blog: its owner. There is no such page once the blog has one."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from web.accounts import actions, queries, setup_token
from web.accounts.actions import NewAccount, OwnerExistsError, TakenError
from web.accounts.browser import passwords, sign_in
from web.accounts.forms import SetupForm
from web.blog.actions import change_settings
from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import page, page_or_fragment, redirect_all


def new(request: Request) -> Response:
    """The form, for whoever holds the token that `colophon serve` printed."""
    token = _require_token(request)
    form = SetupForm(title=current.blog(request).title)
    return page(request, "accounts/setup.html", form=form, token=token)


async def create(request: Request) -> Response:
    """Make the owner and sign them in."""
    form = SetupForm(current.form(request))
    refusal = await run_sync(_refuse, request, form)
    if refusal is not None:
        return refusal
    async with current.unit(request).stepped_outside():
        password_hash = await passwords(request).hash_aside(form.password.data or "")
    return await run_sync(_store, request, form, password_hash)


def _refuse(request: Request, form: SetupForm) -> Response | None:
    _require_token(request)
    return None if form.validate() else _ask_again(request, form)


def _store(request: Request, form: SetupForm, password_hash: str) -> Response:
    session, now = current.session(request), current.now(request)
    account = NewAccount(form.username.data or "", form.email.data or "", password_hash)
    try:
        user = actions.create_first_owner(session, account, now)
    except OwnerExistsError:
        raise NotFoundError from None
    except TakenError as error:
        return _ask_again(request, form, error.fields)
    if form.title.data:
        change_settings(session, current.blog(request), {"title": form.title.data})
    sign_in(request, user)
    flashes.add(request, "success", f"Welcome, {user.display_name}. The blog is yours.")
    return redirect_all(request, "/manage")


def _ask_again(request: Request, form: SetupForm, taken: frozenset[str] = frozenset()) -> Response:
    form.point_out_taken(taken)
    templates = ("accounts/setup.html", "accounts/_setup_form.html")
    return page_or_fragment(request, *templates, status=422, form=form, token=_token(request))


def _require_token(request: Request) -> str:
    token = _token(request)
    is_right = setup_token.is_right(token, request.app.state.secret_key)
    if not is_right or queries.has_owner(current.session(request)):
        raise NotFoundError
    return token


def _token(request: Request) -> str:
    sent = current.form(request).get("token") if request.method == "POST" else ""
    return sent or request.query_params.get("token", "")
