"""What an editor decides about a post that waits for review: to publish it, or to send it back."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts.applying import apply_pending, record_release
from web.http import current
from web.publishing import actions, answers, places, rules
from web.publishing.forms import ReturnForm
from web.publishing.kept import keeping_fields
from web.revisions.queries import find_head, find_words
from web.revisions.words import words_of


@keeping_fields
def create(request: Request) -> Response:
    """Approve: the post is published, for those who may read it."""
    post, session = places.post_to_decide(request), current.session(request)
    head = find_head(session, post.id)
    standing = words_of(head) if head else find_words(session, post.id)
    if problem := rules.decision_problem(post, standing, current.form(request).get("seen")):
        return answers.refuse(request, post, "publishing/_review.html", review_problem=problem)
    apply_pending(session, post, head, current.now(request))
    if problem := rules.words_problem(post):
        return answers.refuse(request, post, "publishing/_review.html", review_problem=problem)
    record_release(session, post, current.own_user(request), current.now(request))
    actions.publish(session, post, current.own_user(request), current.now(request))
    return answers.done(request, post, "Approved. The post is published.", "review")


@keeping_fields
def destroy(request: Request) -> Response:
    """Send the post back with a note, which arrives as a message."""
    form = ReturnForm(current.form(request))
    post = places.post_to_decide(request)
    problem = rules.decision_problem(post, None, "")
    if not form.validate() or problem:
        return answers.refuse(request, post, "publishing/_review.html", review_problem=problem or "", note=form)
    note = form.note.data or ""
    actions.withdraw(current.session(request), post, current.own_user(request), current.now(request), note)
    return answers.done(request, post, "Sent back. Its authors get your note as a message.", "review")
