"""The page of a post's settings: all that is decided about it beside its words."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.http.responses import base_url
from web.listing.actions import keep_listed
from web.media.uses import keep_image
from web.models.post import Post
from web.models.post_state import PostVisibility
from web.publishing import actions, answers, places, rules
from web.publishing.kept import keeping_fields
from web.publishing.moment_field import kept
from web.publishing.queries import lock_featuring
from web.publishing.settings_form import SettingsForm

GONE = "There is no such image in this blog. It may have been deleted; please choose another one."


def edit(request: Request) -> Response:
    """The page."""
    return answers.show(request, places.post_to_arrange(request))


@keeping_fields
def update(request: Request) -> Response:
    """Store what was decided."""
    if rules.may_feature(current.user(request)):
        # Before the post: two editors who feature two posts would wait for each other otherwise.
        lock_featuring(current.session(request))
    post, now = places.post_to_arrange(request), current.now(request)
    zone = current.blog(request).time_zone
    form = SettingsForm.sent_for(post, current.user(request), zone, now, current.form(request))
    if not (form.is_valid_for(post, now) and _has_image(request, post, form)):
        return answers.refuse(request, post, "publishing/_settings_form.html", settings=form)
    _store(request, post, form)
    return answers.changed(request, post, "publishing/_settings_form.html", "The settings have been saved.")


def _has_image(request: Request, post: Post, form: SettingsForm) -> bool:
    address = form.social_image.data or ""
    if address == post.social_image or keep_image(current.session(request), address, base_url(request)):
        return True
    form.add_error(form.social_image, GONE)
    return False


def _store(request: Request, post: Post, form: SettingsForm) -> None:
    now = current.now(request)
    post.show_to(PostVisibility(form.visibility.data), now)
    if "published_at" in form and (moment := kept(form.published_at, post.published_at)):
        post.backdate(moment, now)
    keep_listed(current.session(request), post)
    post.comments_close_at = form.comments_end(post, now)
    post.canonical_url, post.social_image = form.canonical_url.data or "", form.social_image.data or ""
    post.is_kept_from_robots = form.is_kept_from_robots.data
    if "is_featured" not in form:
        return
    if form.is_featured.data:
        actions.feature(current.session(request), post, now)
    else:
        post.featured_at = None
