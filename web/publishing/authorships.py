"""Who the authors of a post are, and in which order they stand over it."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import redirect_all
from web.messages.actions import notify_added
from web.models.post import Post, UserPostAssociation
from web.posts.rules import may_see
from web.publishing import answers, byline, places
from web.publishing.forms import AuthorForm
from web.publishing.kept import keeping_fields
from web.publishing.queries import find_writer

SECTION = "publishing/_authors.html"
UNKNOWN = "Nobody who writes here has this username. Please check it."


@keeping_fields
def create(request: Request) -> Response:
    """Add an author at the end."""
    post, form = places.post_to_arrange(request), AuthorForm(current.form(request))
    if not form.validate():
        return answers.refuse(request, post, SECTION, author=form)
    person = find_writer(current.session(request), form.username.data or "")
    problem = byline.add(current.session(request), post, person) if person else UNKNOWN
    if person is None or problem:
        form.add_error(form.username, problem or UNKNOWN)
        return answers.refuse(request, post, SECTION, author=form)
    notify_added(current.session(request), post, person, current.own_user(request), current.now(request))
    return answers.changed(request, post, SECTION, f"{person.display_name} is an author now.")


@keeping_fields
def destroy(request: Request) -> Response:
    """Take an author away; one stays. Whoever takes away themselves may not see the post any more."""
    post, place = _place(request)
    if problem := byline.remove(current.session(request), post, place):
        return answers.refuse(request, post, SECTION, author_problem=problem)
    said = f"{place.rel_user.display_name} is no author of it any more."
    if may_see(current.user(request), post, current.now(request)) and _may_go_on(request, post):
        return answers.changed(request, post, SECTION, said)
    flashes.add(request, "success", said)
    return redirect_all(request, "/write")


@keeping_fields
def update(request: Request) -> Response:
    """Move an author up or down in the byline."""
    post, place = _place(request)
    byline.move(post, place, up=current.form(request).get("direction") != "down")
    names = ", ".join(author.display_name for author in post.authors)
    return answers.changed(request, post, SECTION, f"The order is now: {names}.")


def _place(request: Request) -> tuple[Post, UserPostAssociation]:
    post = places.post_to_arrange(request)
    found = byline.find(post, request.path_params["username"])
    if found is None:
        raise NotFoundError
    return post, found


def _may_go_on(request: Request, post: Post) -> bool:
    user = current.require_user(request)
    return user.may_manage or post.is_written_by(user.id)
