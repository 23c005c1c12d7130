"""What the actions of this room answer: the page of a post's settings, or the part of it that htmx asked about."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.responses import fragment, page, redirect
from web.models.post import Post
from web.pages import rules as page_rules
from web.posts import rules
from web.publishing import rules as publishing_rules
from web.publishing.forms import AuthorForm, LinkForm, PageForm, PartForm, ReturnForm, ScheduleForm
from web.publishing.queries import find_standing, working_links
from web.publishing.settings_form import SettingsForm
from web.series.queries import series_of


def show(request: Request, post: Post, **given: Any) -> Response:
    """The whole page. `given` are forms that come back with what is wrong with them."""
    status = given.pop("status", 200)
    return page(request, "publishing/settings.html", status=status, **_context(request, post, given))


def refuse(request: Request, post: Post, template: str, **given: Any) -> Response:
    """422 with what was typed: for htmx the one form, otherwise the whole page with it."""
    if current.is_htmx(request):
        return fragment(request, template, status=422, **_context(request, post, given))
    return show(request, post, status=422, **given)


def done(request: Request, post: Post, words: str, *parts: str) -> Response:
    """Say what was done where another state changes several parts.

    For htmx they come instead of the whole page: what is being typed in other forms of the page stays. `parts` are
    those that change besides the line about the state.
    """
    answer = changed(request, post, "publishing/_state_changed.html", words, parts=parts)
    if current.is_htmx(request):
        answer.headers.update({"HX-Retarget": "#settings-note", "HX-Reswap": "innerHTML"})
    return answer


def changed(request: Request, post: Post, template: str, words: str, **given: Any) -> Response:
    """Say what was done: for htmx in the one part that changed."""
    if not current.is_htmx(request):
        flashes.add(request, "success", words)
        return redirect(f"/write/{post.id}/settings")
    current.session(request).flush()
    return fragment(request, template, **_context(request, post, {"said": words, **given}))


def part_form(request: Request, post: Post) -> PartForm:
    """The form that says which part of a series the post is."""
    found = series_of(current.session(request), post)
    return PartForm(series=found[1], position=str(found[2])) if found else PartForm()


def _context(request: Request, post: Post, given: dict[str, Any]) -> dict[str, Any]:
    zone, now = current.blog(request).time_zone, current.now(request)
    # Who decides what becomes of the words says which they have seen. Of published ones nobody decides here, but a form
    # that came too late for that is shown again.
    is_to_decide = not post.is_shown_at(now) or "schedule" in given
    standing = find_standing(current.session(request), post.id) if is_to_decide else None
    return {
        "post": post,
        "said": "",
        "state": post.state_at(now),
        "may_publish": rules.may_publish(current.user(request), post),
        "may_submit": publishing_rules.may_submit(current.user(request), post),
        "may_decide": publishing_rules.may_decide(current.user(request), post),
        "words_version": standing[0].digest if standing else "",
        "revision_number": standing[1] if standing else "",
        "review_problem": "",
        "note": given.get("note") or ReturnForm(),
        "links": working_links(current.session(request), post, now),
        "new_link": "",
        "link_form": given.get("link_form") or LinkForm(),
        "author": given.get("author") or AuthorForm(),
        "author_problem": "",
        "part": given.get("part") or part_form(request, post),
        "may_make_pages": page_rules.may_manage(current.user(request)),
        "page_form": given.get("page_form") or PageForm.of(post),
        "schedule": given.get("schedule") or ScheduleForm.of(post, zone, now),
        "settings": given.get("settings") or SettingsForm.of(post, current.user(request), zone, now),
        **given,
    }
