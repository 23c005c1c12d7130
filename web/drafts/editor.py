"""The editor's answers, shared by everything that its buttons do."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import actions
from web.drafts.forms import PostForm
from web.drafts.slugs import SlugTakenError
from web.http import current
from web.http.errors import ForbiddenError, NotFoundError
from web.http.responses import fragment, page
from web.models.post import Post
from web.models.user import User
from web.posts import rules
from web.posts.queries import find_for_editing


def writer(request: Request) -> User:
    """Who writes. Raises SignInRequiredError for strangers, ForbiddenError for readers."""
    return current.require(request, lambda user: user.may_write)


def post_to_edit(request: Request) -> Post:
    """The post of the address, to be changed by whoever asks.

    Raises NotFoundError where it may not be seen, ForbiddenError where it may not be changed.
    """
    user = writer(request)
    post = find_for_editing(current.session(request), request.path_params["id"])
    if post is None or not rules.may_see(user, post, current.now(request)):
        raise NotFoundError
    if not rules.may_edit(user, post):
        raise ForbiddenError
    return post


def save_sent_words(request: Request, post: Post, form: PostForm) -> bool:
    """Save what the form carries, if it is valid; otherwise the errors stand at the fields."""
    if not form.validate():
        return False
    try:
        actions.save(current.session(request), post, form.words, current.now(request))
    except SlugTakenError as error:
        say_taken(form, error)
        # What was rolled back must be read again before the editor can show the post.
        find_for_editing(current.session(request), request.path_params["id"])
        return False
    return True


def say_taken(form: PostForm, error: SlugTakenError) -> None:
    """Put the reason at the slug's field."""
    form.add_error(form.slug, error.words)


def show(
    request: Request,
    form: PostForm,
    post: Post | None,
    *,
    status: int = 200,
    note: str = "",
    preview_html: str | None = None,
) -> Response:
    """The editor: as a page, or for htmx the form alone, to be morphed into the one that is open."""
    user = current.user(request)
    context: dict[str, Any] = {
        "form": form,
        "post": post,
        "note": note,
        "preview_html": preview_html,
        "restorable_until": post.restorable_until if post else None,
        "may_publish": user is not None and user.may_publish and (post is None or rules.may_publish(user, post)),
    }
    if current.is_htmx(request):
        headers = {"HX-Push-Url": f"/write/{post.id}"} if post and status < 400 else {}
        return fragment(request, "drafts/_form.html", status=status, headers=headers, **context)
    return page(request, "drafts/edit.html", status=status, **context)
