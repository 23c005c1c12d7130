"""The page of a post's settings: all that is decided about it beside its words."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.models.post import Post
from web.models.post_state import PostVisibility
from web.publishing import answers, places, rules
from web.publishing.forms import SettingsForm
from web.publishing.moment_field import kept


def edit(request: Request) -> Response:
    """The page."""
    return answers.show(request, places.post_to_arrange(request))


def update(request: Request) -> Response:
    """Store what was decided."""
    post, now = places.post_to_arrange(request), current.now(request)
    form = SettingsForm.sent_for(post, current.blog(request).time_zone, now, current.form(request))
    if not _is_valid(request, post, form):
        return answers.refuse(request, post, "publishing/_settings_form.html", settings=form)
    if "published_at" in form and (moment := kept(form.published_at, post.published_at)):
        post.backdate(moment, now)
    post.show_to(PostVisibility(form.visibility.data), now)
    return answers.changed(request, post, "publishing/_settings_form.html", "The settings have been saved.")


def _is_valid(request: Request, post: Post, form: SettingsForm) -> bool:
    if not form.validate():
        return False
    if "published_at" in form:
        moment = kept(form.published_at, post.published_at)
        if problem := rules.date_problem(moment, current.now(request)):
            form.add_error(form.published_at, problem)
    return not form.errors
