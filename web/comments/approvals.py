"""Deciding about a comment: shown to everybody, or to nobody."""

from starlette.requests import Request
from starlette.responses import Response

from web.comments import actions, answers, places, queries, rules
from web.http import current
from web.http.errors import ForbiddenError
from web.http.responses import fragment
from web.models.comment import Comment

APPROVED = "The comment is approved."
REJECTED = "The comment is rejected."


def approve(request: Request) -> Response:
    """Show a comment to everybody."""
    comment = _comment_to_decide(request)
    has_read = actions.approve(current.session(request), comment, current.require_user(request), current.now(request))
    return _answer(request, comment, APPROVED, has_read=has_read)


def reject(request: Request) -> Response:
    """Show a comment to nobody."""
    comment = _comment_to_decide(request)
    has_read = actions.reject(current.session(request), comment, current.require_user(request), current.now(request))
    return _answer(request, comment, REJECTED, has_read=has_read)


def _comment_to_decide(request: Request) -> Comment:
    user = current.require_user(request)
    comment = places.require_comment(request)
    if not rules.may_moderate(user, comment.rel_post):
        raise ForbiddenError
    return comment


def _answer(request: Request, comment: Comment, words: str, *, has_read: bool) -> Response:
    if not current.is_htmx(request):
        return answers.back(request, words, comment, is_there=comment.is_approved)
    unread_count = answers.unread_count(request) - has_read
    if answers.is_from_queue(request):
        return answers.in_queue(request, comment, words, unread_count)
    count = queries.count_approved(current.session(request), comment.rel_post)
    if comment.is_approved:
        return answers.one(request, comment, announce=words, count=count, unread_count=unread_count)
    return fragment(
        request, "comments/_rejected.html", comment=comment, words=words, count=count, unread_count=unread_count
    )
