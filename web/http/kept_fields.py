"""Loses nothing of what was typed into a form by somebody whose session had ended, or whose right was taken back."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from web.accounts.forms import SignInForm
from web.http import current
from web.http.errors import ForbiddenError, NotFoundError
from web.http.responses import fragment, page

View = Callable[[Request], Response]


class KeptField(NamedTuple):
    """What was sent under a name. `kind` is "choice", "tick", "text", "line" or "hidden"."""

    name: str
    value: str
    label: str = ""
    kind: str = "hidden"
    choices: Sequence[tuple[str, str]] = ()


# How a field with a name and a value was called, and how it looked.
Describe = Callable[[str, str], KeptField]


def keeping_fields(describe: Describe) -> Callable[[View], View]:
    """A decorator for views whose refusals (401, 403, 404) keep what was sent, and tell nothing of the thing itself.

    With htmx the form to sign in comes into `#settings-note` above the page, where every field stays as it is. Without
    it, a page has every field: to be sent again by strangers, to be copied by those who may not send it.
    """

    def keeping(view: View) -> View:
        @wraps(view)
        def kept(request: Request) -> Response:
            sent = current.form(request)
            if current.user(request) is None and (current.is_htmx(request) or len(sent)):
                return _sign_in(request) if current.is_htmx(request) else _again(request, describe, 401)
            try:
                return view(request)
            except (ForbiddenError, NotFoundError) as error:
                if current.is_htmx(request) or not len(sent):
                    raise
                return _again(request, describe, error.status_code)

        return kept

    return keeping


def _sign_in(request: Request) -> Response:
    headers = {"HX-Retarget": "#settings-note", "HX-Reswap": "innerHTML"}
    form = SignInForm()
    return fragment(request, "accounts/_kept_fields.html", status=401, headers=headers, form=form, wanted="/")


def _again(request: Request, describe: Describe, status: int) -> Response:
    sent = current.form(request)
    fields = [describe(name, value) for name in sent for value in sent.getlist(name)]
    return page(request, "accounts/kept_fields.html", status=status, fields=fields, may_sign_in=status == 401)
