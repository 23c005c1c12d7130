"""A single comment: shown, changed, taken away."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.comments import actions, answers, places, queries, rules
from web.comments.forms import CommentForm
from web.comments.threads import arrange
from web.http import current
from web.http.errors import ForbiddenError
from web.http.responses import fragment, page, redirect
from web.models.comment import EDITABLE_FOR, Comment

# What gets the focus when a form is closed without sending it.
FOCUSES = ("reply", "edit")
SAVED = "Your comment is saved."
DELETED = "The comment is deleted."
MINUTES = int(EDITABLE_FOR.total_seconds()) // 60
TOO_LATE = f"A comment can be changed for {MINUTES} minutes, and they are over. This was not saved; copy what you need."
CHANGED_MEANWHILE = "You changed this comment elsewhere after you opened this form. Save again to replace those words."


def show(request: Request) -> Response:
    """A comment by itself for htmx; anybody else is sent to its place under the post."""
    comment = places.require_comment(request)
    if not current.is_htmx(request):
        return redirect(places.address(comment.rel_post, comment))
    focus = request.query_params.get("focus", "")
    return answers.one(request, comment, focus=focus if focus in FOCUSES else "comment")


def edit(request: Request) -> Response:
    """The form with the words of a comment."""
    user = current.require_user(request)
    comment = places.require_comment(request)
    if not rules.may_edit(user, comment, comment.rel_post, current.now(request)):
        raise ForbiddenError
    return _form(request, comment, CommentForm(body=comment.body), seen=_version(comment))


def update(request: Request) -> Response:
    """Replace the words of a comment."""
    comment = places.find_visible_comment(request)
    if comment is None:
        return places.gone(request)
    form, seen = CommentForm(current.form(request)), current.form(request).get("seen")
    user, now = current.user(request), current.now(request)
    if user is None:
        return _form(request, comment, form, seen=seen, is_signed_out=True, status=401)
    if not rules.may_edit(user, comment, comment.rel_post, now):
        return _refused(request, comment, form)
    if not form.validate():
        return _form(request, comment, form, seen=seen, status=422)
    if seen not in ("", _version(comment)):
        form.form_errors.append(CHANGED_MEANWHILE)
        return _form(request, comment, form, seen=_version(comment), has_changed=True, status=422)
    actions.rewrite(current.session(request), comment, form.words, now)
    if current.is_htmx(request):
        return answers.one(request, comment, announce=SAVED)
    return answers.back(request, SAVED, comment)


def confirm(request: Request) -> Response:
    """The question before a comment is taken away, for those without JavaScript."""
    comment = _comment_to_delete(request)
    came_from = request.query_params.get("from", "")
    return page(request, "comments/deletion.html", came_from=came_from, **answers.shown(request, comment))


def destroy(request: Request) -> Response:
    """Take a comment away. What it leaves without a reason to be there goes with it."""
    comment = _comment_to_delete(request)
    session, post = current.session(request), comment.rel_post
    has_read = actions.remove(session, comment, current.require_user(request), current.now(request))
    with_pending = rules.may_moderate(current.user(request), post)
    left = arrange(queries.outline(session, post), with_pending=with_pending)
    if not current.is_htmx(request):
        return answers.back(request, DELETED, comment, is_there=comment.id in left)
    unread_count = answers.unread_count(request) - has_read
    if answers.is_from_queue(request):
        return answers.in_queue(request, comment, DELETED, unread_count)
    return fragment(
        request,
        "comments/_deleted.html",
        comment=comment,
        words=DELETED,
        count=sum(entry.comment.is_approved for entry in left.values()),
        unread_count=unread_count,
    )


def _comment_to_delete(request: Request) -> Comment:
    user = current.require_user(request)
    comment = places.require_comment(request)
    if not rules.may_delete(user, comment, comment.rel_post, current.now(request)):
        raise ForbiddenError
    return comment


def _refused(request: Request, comment: Comment, form: CommentForm) -> Response:
    if not rules.is_own(current.user(request), comment):
        raise ForbiddenError
    form.form_errors.append(TOO_LATE)
    return _form(request, comment, form, seen="", status=403)


def _form(request: Request, comment: Comment, form: CommentForm, *, status: int = 200, **context: Any) -> Response:
    context = {"has_changed": False, "is_signed_out": False, "form": form, **context, **answers.shown(request, comment)}
    if current.is_htmx(request):
        return fragment(request, "comments/_edit.html", status=status, **context)
    return page(request, "comments/edit.html", status=status, **context)


def _version(comment: Comment) -> str:
    return comment.edited_at.isoformat() if comment.edited_at else "first"
