"""Everybody who has an account or wrote an imported post."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.responses import page_or_fragment
from web.manage import queries, rules
from web.manage.forms import ROLE_CHOICES


def index(request: Request) -> Response:
    """People by name, with role and state."""
    user = current.require(request, rules.may_manage)
    found = queries.people_page(current.session(request), request.query_params.get("after", ""))
    context = {"people": found.people, "after": found.after, "may_decide": rules.may_decide(user)}
    return page_or_fragment(request, "manage/people.html", "manage/_people.html", roles=ROLE_CHOICES, **context)
