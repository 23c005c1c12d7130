"""Writing a comment: the form, and what becomes of it."""

from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.comments import actions, places, queries, rules, submissions
from web.comments.composers import MAIN_PLACE, Composer, compose
from web.comments.discussion import Viewer
from web.comments.shown import Comment as ShownComment
from web.comments.submissions import Submission
from web.comments.threads import arrange
from web.http import current, flashes
from web.http.errors import ForbiddenError, NotFoundError, SignInRequiredError
from web.http.responses import fragment, page, redirect
from web.models.comment import Comment
from web.models.post import Post

POSTED = "Your comment is posted."
CLOSED = "Comments on this post are closed. This was not stored; your words are still here, so that you can copy them."
HELD = "Thank you. Your comment waits for approval."


def new(request: Request) -> Response:
    """The form for a comment, or for an answer to another one."""
    post = places.find_public_post(request)
    if post is None:
        raise NotFoundError
    if not rules.is_open(post, current.now(request)):
        raise ForbiddenError
    answered = _asked_for(request, post)
    user, blog = current.user(request), current.blog(request)
    if not rules.may_comment(user, post, blog, current.now(request)):
        if current.is_htmx(request):
            return fragment(request, "comments/_sign_in.html", status=401, post=post, wants_focus=True)
        raise SignInRequiredError
    shown = ShownComment.of(answered) if answered else None
    return _form(request, post, compose(post, user, blog, places.stamps(request), shown))


def create(request: Request) -> Response:
    """Store a comment."""
    post = places.find_public_post(request)
    if post is None:
        return places.gone(request)
    session, viewer = current.session(request), places.viewer(request, post)
    sent = submissions.read(session, post, viewer, current.form(request), places.stamps(request))
    composer = sent.composer(places.form_place(request))
    if not rules.is_open(post, viewer.now):
        sent.form.form_errors.append(CLOSED)
        return _form(request, post, composer, status=403)
    if not rules.may_comment(viewer.user, post, viewer.blog, viewer.now):
        return _form(request, post, composer, status=401)
    if sent.form.errors:
        return _form(request, post, composer, status=422)
    comment = actions.write(session, sent.draft, viewer.now)
    return _posted(request, comment) if comment.is_approved else _held(request, sent)


def _asked_for(request: Request, post: Post) -> Comment | None:
    text = request.query_params.get("parent", "")
    if not text:
        return None
    key = submissions.parse_key(text)
    found = queries.find_answerable(current.session(request), post, key) if key is not None else None
    if found is None:
        raise NotFoundError
    return found


def _form(request: Request, post: Post, composer: Composer, *, status: int = HTTPStatus.OK) -> Response:
    context: dict[str, Any] = {"post": post, "composer": composer}
    if current.is_htmx(request):
        # In a form that comes back, what is wrong with it gets the focus.
        context["wants_focus"] = status == HTTPStatus.OK
        return fragment(request, "comments/_composer_in_place.html", status=status, **context)
    answered = places.viewer(request, post).entry(composer.answered) if composer.answered else None
    return page(request, "comments/new.html", status=status, answered_entry=answered, **context)


def _posted(request: Request, comment: Comment) -> Response:
    post = comment.rel_post
    if not current.is_htmx(request):
        flashes.add(request, "success", POSTED)
        return redirect(places.address(post, comment))
    viewer = places.viewer(request, post)
    with_pending = rules.may_moderate(viewer.user, post)
    entries = arrange(queries.outline(current.session(request), post), with_pending=with_pending)
    entry = entries[comment.id]
    entry.comment = ShownComment.of(comment)
    entry.answered = ShownComment.of(comment.rel_parent) if comment.rel_parent else None
    return fragment(
        request,
        "comments/_posted.html",
        post=post,
        entry=viewer.fill_in(entry),
        count=sum(other.comment.is_approved for other in entries.values()),
        composer=_next_composer(request, viewer),
    )


def _held(request: Request, sent: Submission) -> Response:
    if not current.is_htmx(request):
        flashes.add(request, "notice", HELD)
        return redirect(places.address(sent.post))
    composer = _next_composer(request, places.viewer(request, sent.post))
    return fragment(request, "comments/_held.html", post=sent.post, composer=composer, words=HELD)


def _next_composer(request: Request, viewer: Viewer) -> Composer | None:
    # The form under the comments is ready for the next one; the form of an answer closes.
    if places.form_place(request) != MAIN_PLACE:
        return None
    return compose(viewer.post, viewer.user, viewer.blog, places.stamps(request))
