"""What a text will look like."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.forms import PostForm
from web.html.markdown import render_post
from web.http import current
from web.http.responses import fragment
from web.models.post import BODY_LIMIT, Post
from web.posts import rules
from web.posts.queries import find_by_uid


def create(request: Request) -> Response:
    """The very HTML that publishing would give; without htmx above the editor, which keeps every word."""
    if current.user(request) is None:
        return editor.kept_for_signed_out(request)
    editor.writer(request)
    form = PostForm(current.form(request))
    if not form.body.validate(form):
        return editor.show(request, form, _post_of(request, form), status=422)
    html = render_post((form.body.data or "")[:BODY_LIMIT]).html
    if current.is_htmx(request):
        return fragment(request, "drafts/_preview.html", preview_html=html)
    return editor.show(request, form, _post_of(request, form), preview_html=html)


def _post_of(request: Request, form: PostForm) -> Post | None:
    post = find_by_uid(current.session(request), form.uid_or_new)
    return post if post is not None and rules.may_edit(current.user(request), post) else None
