"""What somebody received."""

import re

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.convertors import KeyConvertor
from web.http.errors import NotFoundError
from web.http.responses import fragment, page_or_fragment, redirect
from web.messages import actions, queries, rules


def index(request: Request) -> Response:
    """The newest messages. Looking at them does not mark them read."""
    user = current.require_user(request)
    before = _number(request.query_params.get("before", ""))
    found = queries.letters(current.session(request), user, before)
    return page_or_fragment(
        request,
        "messages/index.html",
        "messages/_list.html",
        page=found,
        before=before,
        may_write=rules.may_write(user),
    )


def read(request: Request) -> Response:
    """Mark one message as read."""
    user, session, now = current.require_user(request), current.session(request), current.now(request)
    letter = queries.find_letter(session, user, request.path_params["id"])
    if letter is None:
        raise NotFoundError
    if letter.read_at is None:
        actions.mark_read(session, user, letter.id, now)
    if not current.is_htmx(request):
        flashes.add(request, "success", "Marked as read.")
        return redirect("/messages")
    return fragment(
        request,
        "messages/_read.html",
        letter=letter._replace(read_at=letter.read_at or now),
        unread_count=_unread_count(request) - (letter.read_at is None),
    )


def read_all(request: Request) -> Response:
    """Mark every message as read."""
    user, session = current.require_user(request), current.session(request)
    actions.mark_all_read(session, user, current.now(request))
    if not current.is_htmx(request):
        flashes.add(request, "success", "All messages are marked as read.")
        return redirect("/messages")
    session.flush()
    return fragment(
        request, "messages/_all_read.html", page=queries.letters(session, user), before=None, unread_count=0
    )


def _unread_count(request: Request) -> int:
    signed_in = current.signed_in(request)
    return signed_in.unread_count if signed_in else 0


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(KeyConvertor.regex, text) else None
