"""Everybody who has an account or wrote an imported post."""

from starlette.requests import Request
from starlette.responses import Response

from web.accounts.rules import USERNAME
from web.http import current
from web.http.query_string import typed_words
from web.http.responses import page_or_fragment
from web.manage import queries, rules
from web.manage.forms import ROLES
from web.search.lists import people_with


def index(request: Request) -> Response:
    """People by name, with role and state."""
    user = current.require(request, rules.may_manage)
    session, words = current.session(request), typed_words(request)
    among = people_with(session, words, current.blog(request).language)
    found = queries.people_page(session, _after(request), among)
    context = {"people": found.people, "after": found.after, "may_decide": rules.may_decide(user), "words": words}
    return page_or_fragment(request, "manage/people.html", "manage/_people.html", roles=ROLES, **context)


def _after(request: Request) -> str:
    # Whatever cannot be a name is ignored: the list begins at its beginning.
    after = request.query_params.get("after", "")
    return after if USERNAME.fullmatch(after) else ""
