"""What a text will look like."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.forms import PostForm
from web.drafts.kept import NO_RIGHT, SIGNED_OUT, words_again
from web.html.markdown import render_post
from web.http import current
from web.http.errors import ForbiddenError
from web.http.responses import fragment
from web.models.post import BODY_LIMIT, Post
from web.posts import rules
from web.posts.queries import find_by_uid


async def create(request: Request) -> Response:
    """The very HTML that publishing would give; without htmx above the editor, which keeps every word.

    A long text takes seconds: meanwhile this holds neither slot nor transaction.
    """
    form = PostForm(current.form(request))
    refusal = await run_sync(_refuse, request, form)
    if refusal is not None:
        return refusal
    async with current.unit(request).stepped_outside():
        html = (await run_sync(render_post, (form.body.data or "")[:BODY_LIMIT])).html
    return await run_sync(_answer, request, form, html)


def _refuse(request: Request, form: PostForm) -> Response | None:
    if current.user(request) is None:
        return words_again(request, 401, SIGNED_OUT)
    try:
        editor.writer(request)
    except ForbiddenError:
        return words_again(request, 403, NO_RIGHT)
    # The other fields may still be as they are.
    if form.validate() or not form.body.errors:
        return None
    # The whole editor with the error at its field, not a second one inside the preview.
    answer = editor.show(request, form, _post_of(request, form), status=422)
    answer.headers.update({"HX-Retarget": "#editor", "HX-Reswap": "outerMorph"})
    return answer


def _answer(request: Request, form: PostForm, html: str) -> Response:
    if current.is_htmx(request):
        return fragment(request, "drafts/_preview.html", preview_html=html)
    # Nothing is saved here, so nothing is said about fields that could not be.
    unchecked = PostForm(current.form(request))
    return editor.show(request, unchecked, _post_of(request, form), preview_html=html)


def _post_of(request: Request, form: PostForm) -> Post | None:
    post = find_by_uid(current.session(request), form.known_uid)
    return post if post is not None and rules.may_edit(current.user(request), post) else None
