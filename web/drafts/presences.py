"""Who else has the editor open. Nobody is locked out: what several write is merged."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.forms import PostForm
from web.http import current
from web.http.responses import fragment
from web.revisions import presence


def create(request: Request) -> Response:
    """Note that an editor is open, and tell of the others."""
    post = editor.seen(request)
    session, user, now = current.session(request), current.require_user(request), current.now(request)
    submission = PostForm(current.form(request)).submission
    presence.note(session, post, user, submission, now)
    others = presence.others(session, post, submission.editing_session, now)
    return fragment(request, "drafts/_presence.html", others=[(other, other.user_id == user.id) for other in others])
