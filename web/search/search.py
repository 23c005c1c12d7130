"""The page on which posts are searched."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.responses import page_or_fragment
from web.search.question import read_question
from web.search.results import Place, Results, search_posts

NOTHING = Results([], None, is_ranked_in_part=False)


def index(request: Request) -> Response:
    """The posts that answer a question, of those that whoever asks may see."""
    question = read_question(request.query_params.get("q", ""))
    after = Place.parse(request.query_params.get("after", ""))
    found = NOTHING
    if not question.is_empty:
        session, now, user = current.session(request), current.now(request), current.user(request)
        found = search_posts(session, now, user, question, current.blog(request).language, after)
    return page_or_fragment(
        request,
        "search/index.html",
        "search/_results.html",
        headers={"X-Robots-Tag": "noindex"},
        question=question,
        found=found,
        after=after,
    )
