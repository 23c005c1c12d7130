"""Publishing a post, and taking it back."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor
from web.drafts.drafts import has_body, saved
from web.drafts.forms import PostForm
from web.drafts.kept import keeping_words
from web.http import current
from web.http.errors import ForbiddenError
from web.models.post import Post
from web.posts import rules


@keeping_words
def create(request: Request) -> Response:
    """Show a post to everybody, with the words that came along with the button."""
    post = _post_to_publish(request)
    form = _form_of(request, post)
    if not has_body(form) or not _saved_if_sent(request, post, form):
        return editor.show(request, form, post, status=422)
    post.publish(current.now(request))
    return saved(request, post, "Published.")


@keeping_words
def destroy(request: Request) -> Response:
    """Make a post a draft again, with the words that came along with the button."""
    post = _post_to_publish(request)
    form = _form_of(request, post)
    if not _saved_if_sent(request, post, form):
        return editor.show(request, form, post, status=422)
    post.withdraw(current.now(request))
    return saved(request, post, "Withdrawn. It is a draft again.")


def _post_to_publish(request: Request) -> Post:
    post = editor.post_to_edit(request)
    if not rules.may_publish(current.require_user(request), post):
        raise ForbiddenError
    return post


def _form_of(request: Request, post: Post) -> PostForm:
    sent = current.form(request)
    return PostForm(sent) if PostForm.was_sent(sent) else PostForm.for_post(post)


def _saved_if_sent(request: Request, post: Post, form: PostForm) -> bool:
    return not PostForm.was_sent(current.form(request)) or editor.save_sent_words(request, post, form)
