"""Secret links under which somebody without an account reads what is not published yet."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import base_url, redirect
from web.publishing import actions, answers, places
from web.publishing.forms import LinkForm
from web.publishing.kept import keeping_fields
from web.publishing.queries import find_link, working_links

SECTION = "publishing/_preview_links.html"
MOST_LINKS = 20
TOO_MANY = f"This post has {MOST_LINKS} preview links already. Please revoke one of them first."


@keeping_fields
def create(request: Request) -> Response:
    """Make a link. It is shown this once: only its hash is stored."""
    post, session, now = places.post_to_arrange(request), current.session(request), current.now(request)
    form = LinkForm(current.form(request))
    if not form.validate():
        return answers.refuse(request, post, SECTION, link_form=form)
    if len(working_links(session, post, now)) >= MOST_LINKS:
        form.form_errors.append(TOO_MANY)
        return answers.refuse(request, post, SECTION, link_form=form)
    token = actions.make_link(session, post, current.require_user(request), form.lifetime, now)
    address = f"{base_url(request)}/preview/{token}"
    if current.is_htmx(request):
        return answers.changed(request, post, SECTION, "The link is made.", new_link=address)
    flashes.add(request, "success", f"The link is made. It is shown only this once: {address}")
    return redirect(f"/write/{post.id}/settings")


@keeping_fields
def destroy(request: Request) -> Response:
    """Let a link lead nowhere from now on."""
    post = places.post_to_arrange(request)
    link = find_link(current.session(request), post, request.path_params["link"])
    if link is None:
        raise NotFoundError
    link.revoke(current.now(request))
    return answers.changed(request, post, SECTION, "The link is revoked.")
