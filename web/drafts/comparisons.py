"""Shows what differs between the words in the editor and those that a browser kept."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.forms import PostForm
from web.html.form_input import FormInput
from web.http import current
from web.http.responses import fragment
from web.revisions.differences import changes

KEPT = "kept-"


def create(request: Request) -> Response:
    """The fields of the editor, compared with those of the same names with `kept-` before them."""
    if current.user(request) is None:
        # The way to the sign-in page would take the editor away with everything typed; saving says what to do.
        return Response(status_code=204)
    editor.writer(request)
    sent = current.form(request)
    kept = FormInput((name.removeprefix(KEPT), sent.get(name)) for name in sent if name.startswith(KEPT))
    return fragment(request, "drafts/_comparison.html", changes=changes(PostForm(sent).words, PostForm(kept).words))
