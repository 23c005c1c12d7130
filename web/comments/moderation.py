"""The list of comments for those who decide about them."""

from starlette.requests import Request
from starlette.responses import Response

from web.comments import queries, rules
from web.comments.submissions import parse_key
from web.http import current
from web.http.query_string import typed_words
from web.http.responses import page_or_fragment
from web.models.comment import CommentStatus
from web.search.lists import comments_with

STATES = {CommentStatus.PENDING: "Waiting", CommentStatus.APPROVED: "Approved", CommentStatus.REJECTED: "Rejected"}


def index(request: Request) -> Response:
    """Comments that wait, or those decided about: everybody's for managers, those on own posts for authors."""
    user = current.require(request, rules.may_open_queue)
    wanted = request.query_params.get("state", "")
    state = CommentStatus(wanted) if wanted in set(CommentStatus) else CommentStatus.PENDING
    before = parse_key(request.query_params.get("before", ""))
    session, words = current.session(request), typed_words(request)
    where, limit = queries.in_queue(user, state), queries.QUEUE_SIZE + 1
    among = comments_with(session, words, current.blog(request).language, where, before, limit)
    return page_or_fragment(
        request,
        "manage/comments.html",
        "comments/_queue.html",
        page=queries.queue(session, user, state, before, among),
        before=before,
        state=state,
        states=STATES,
        words=words,
    )
