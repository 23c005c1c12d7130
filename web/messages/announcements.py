"""Writing messages: the owner to everybody, the staff to one person."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.responses import fragment, page, redirect_all
from web.messages import actions, queries, rules
from web.messages.forms import MessageForm
from web.models.user import User


def new(request: Request) -> Response:
    """An empty form; `?to=` names the person."""
    user = current.require(request, rules.may_write)
    return _show(request, user, MessageForm(to=request.query_params.get("to", "")))


def create(request: Request) -> Response:
    """Send a message."""
    form = MessageForm(current.form(request))
    if current.user(request) is None:
        return _show(request, None, form, status=401)
    user = current.require(request, rules.may_write)
    is_valid = form.validate()
    recipient = _recipient(request, user, form)
    if not is_valid or form.errors:
        return _show(request, user, form, status=422)
    session, now = current.session(request), current.now(request)
    subject, body = form.subject.data or "", form.body.data or ""
    if recipient is None:
        actions.announce(session, user, subject, body, now)
        flashes.add(request, "success", "Announced to everybody.")
    else:
        actions.write_to(session, user, recipient, subject, body, now)
        flashes.add(request, "success", f"Sent to {recipient.display_name}.")
    return redirect_all(request, "/messages")


def _recipient(request: Request, user: User, form: MessageForm) -> User | None:
    # Errors at the field say that None does not stand for everybody.
    name = form.to.data or ""
    if not name and not rules.may_announce(user):
        form.add_error(form.to, "Please type a username. Only the owner writes to everybody.")
    if not name or form.to.errors:
        return None
    found = queries.find_recipient(current.session(request), name)
    if found is None:
        form.add_error(form.to, "Nobody who can sign in has this username. Please check it.")
    return found


def _show(request: Request, user: User | None, form: MessageForm, *, status: int = 200) -> Response:
    may_announce = user is not None and rules.may_announce(user)
    context: dict[str, Any] = {"form": form, "may_announce": may_announce, "is_signed_out": user is None}
    if current.is_htmx(request) and request.method == "POST":
        return fragment(request, "messages/_form.html", status=status, **context)
    return page(request, "messages/new.html", status=status, **context)
