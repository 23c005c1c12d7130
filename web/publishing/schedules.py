"""Letting a post appear by itself at a moment that is still to come."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts.applying import apply_pending, record_schedule
from web.http import current
from web.models.post import Post
from web.publishing import actions, answers, places, rules
from web.publishing.forms import ScheduleForm
from web.publishing.kept import keeping_fields
from web.publishing.queries import was_released_after
from web.revisions.keys import read_key
from web.revisions.queries import find_head


@keeping_fields
def create(request: Request) -> Response:
    """Schedule a post, or give a scheduled one another time."""
    post, session, now = places.post_to_publish(request), current.session(request), current.now(request)
    head = find_head(session, post.id)
    unseen = rules.unseen_words(head, current.own_user(request), current.form(request).get("seen"))
    apply_pending(session, post, head, now)
    zone = current.blog(request).time_zone
    form = ScheduleForm(zone, current.form(request))
    form.settle(ScheduleForm.of(post, zone, now))
    if not _is_possible(post, form, unseen, request):
        return answers.refuse(request, post, "publishing/_schedule.html", schedule=form)
    if form.moment.moment is not None:
        record_schedule(session, post, current.own_user(request), now)
        actions.schedule(session, post, form.moment.moment, current.own_user(request), now)
    return answers.done(request, post, "Scheduled. It appears by itself.", "schedule", "review")


@keeping_fields
def destroy(request: Request) -> Response:
    """Make a scheduled post a draft again. One that has appeared meanwhile stays."""
    post, now = places.post_to_publish(request), current.now(request)
    if post.is_scheduled_at(now):
        actions.withdraw(current.session(request), post, current.own_user(request), now)
        return answers.done(request, post, "Not scheduled any more. It is a draft again.", "schedule", "review")
    return answers.done(request, post, "It was not scheduled, so nothing has changed.", "schedule", "review")


def _is_possible(post: Post, form: ScheduleForm, unseen: str | None, request: Request) -> bool:
    now = current.now(request)
    if problem := rules.schedule_problem(post, now) or unseen or _late_press(request, post):
        form.form_errors.append(problem)
        return False
    if form.validate() and (problem := rules.moment_problem(form.moment.moment, now)):
        form.add_error(form.moment, problem)
    return not form.errors


def _late_press(request: Request, post: Post) -> str | None:
    since = read_key(current.form(request).get("since"))
    was_released = since is not None and was_released_after(current.session(request), post.id, since)
    return rules.late_press(post, current.now(request), was_released=was_released)
