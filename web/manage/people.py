"""Everybody who has an account or wrote an imported post."""

from starlette.requests import Request
from starlette.responses import Response

from web.accounts.rules import USERNAME
from web.http import current
from web.http.responses import page_or_fragment
from web.manage import queries, rules
from web.manage.forms import ROLE_CHOICES


def index(request: Request) -> Response:
    """People by name, with role and state."""
    user = current.require(request, rules.may_manage)
    found = queries.people_page(current.session(request), _after(request))
    context = {"people": found.people, "after": found.after, "may_decide": rules.may_decide(user)}
    return page_or_fragment(request, "manage/people.html", "manage/_people.html", roles=ROLE_CHOICES, **context)


def _after(request: Request) -> str:
    # Whatever cannot be a name is ignored: the list begins at its beginning.
    after = request.query_params.get("after", "")
    return after if USERNAME.fullmatch(after) else ""
