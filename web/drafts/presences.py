"""Who else has the editor open. Nobody is locked out: what several write is merged."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.forms import PostForm
from web.http import current
from web.http.responses import fragment
from web.revisions import presence


def create(request: Request) -> Response:
    """Note that an editor is open, and tell of the others. With `left` it has just been closed."""
    if current.user(request) is None:
        # The way to the sign-in page would take the editor away with everything typed; saving says what to do.
        return Response(status_code=204)
    post, head = editor.seen(request)
    session, user, now = current.session(request), current.require_user(request), current.now(request)
    presence.catch_up(session, post, head, now)
    submission = PostForm(current.form(request)).submission
    if "left" in current.form(request):
        presence.forget(session, user, submission)
        return Response(status_code=204)
    presence.note(session, post, user, submission, now)
    others = presence.others(session, post, submission.editing_session, now)
    people = {other.user_id: other.rel_user for other in others}
    return fragment(request, "drafts/_presence.html", people=people.values(), user=user)
