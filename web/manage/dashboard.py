"""The first page of those who manage the blog."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.responses import page
from web.manage import queries, rules


def index(request: Request) -> Response:
    """What waits, and ways to the rest."""
    user = current.require(request, rules.may_manage)
    overview = queries.overview(current.session(request))
    limit = queries.COUNTED_UP_TO
    return page(request, "manage/index.html", overview=overview, limit=limit, may_decide=rules.may_decide(user))
