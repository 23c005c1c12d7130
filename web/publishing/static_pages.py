"""Making a page of a post, and a post of a page."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.errors import ForbiddenError
from web.listing.actions import keep_listed
from web.models.post import Post
from web.pages import rules
from web.publishing import answers, places
from web.publishing.forms import PageForm
from web.publishing.kept import keeping_fields


@keeping_fields
def create(request: Request) -> Response:
    """Let a text stand by itself, in the menu at a place or outside of it; or give a page another place."""
    post, form = _post(request), PageForm(current.form(request))
    form.settle(PageForm.of(post))
    is_valid = form.validate()
    if problem := rules.slug_problem(post.slug):
        form.form_errors.append(problem)
    if not is_valid or problem:
        return answers.refuse(request, post, "publishing/_page.html", page_form=form)
    place = form.menu_order.data or ""
    post.become_page(int(place) if place else None)
    keep_listed(current.session(request), post)
    return answers.done(request, post, f"It is a page, at the address /{post.slug}.", "page")


@keeping_fields
def destroy(request: Request) -> Response:
    """Let a text stand in lists again."""
    post = _post(request)
    post.become_post()
    keep_listed(current.session(request), post)
    return answers.done(request, post, "It is a post.", "page")


def _post(request: Request) -> Post:
    post = places.post_to_arrange(request)
    if not rules.may_manage(current.user(request)):
        raise ForbiddenError
    return post
