"""Letting a post wait for an editor's decision."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts.applying import apply_pending
from web.http import current
from web.http.errors import ForbiddenError
from web.models.post import Post
from web.publishing import actions, answers, places, rules
from web.publishing.kept import keeping_fields
from web.revisions.queries import find_head


@keeping_fields
def create(request: Request) -> Response:
    """Submit a draft. Sent twice it waits once."""
    post, session = _post_to_submit(request), current.session(request)
    head = find_head(session, post.id)
    unseen = rules.unseen_words(head, current.own_user(request), current.form(request).get("seen"))
    apply_pending(session, post, head, current.now(request))
    if problem := rules.submission_problem(post) or unseen:
        return answers.refuse(request, post, "publishing/_review.html", review_problem=problem)
    actions.submit(session, post, current.now(request))
    return answers.done(request, post, "Submitted. You get a message when it was decided about.", "review")


@keeping_fields
def destroy(request: Request) -> Response:
    """Take a submission back: it is a draft again."""
    post = _post_to_submit(request)
    if not post.is_in_review:
        return answers.done(request, post, "It did not wait for review, so nothing has changed.", "review")
    actions.withdraw(current.session(request), post, current.own_user(request), current.now(request))
    return answers.done(request, post, "Withdrawn. It is a draft again.", "review")


def _post_to_submit(request: Request) -> Post:
    post = places.post_to_arrange(request)
    if not rules.may_submit(current.user(request), post):
        raise ForbiddenError
    return post
