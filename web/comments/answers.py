"""What an action with one comment answers: the comment at its place, or a line in the list of those who decide."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.comments import places
from web.comments.shown import Comment as ShownComment
from web.http import current, flashes
from web.http.responses import fragment, redirect
from web.models.comment import Comment

QUEUE = "/manage/comments"


def shown(request: Request, comment: Comment) -> dict[str, Any]:
    """What a template needs to show one comment."""
    answered = ShownComment.of(comment.rel_parent) if comment.rel_parent else None
    entry = places.viewer(request, comment.rel_post).entry(ShownComment.of(comment), answered)
    return {"post": comment.rel_post, "entry": entry}


def one(request: Request, comment: Comment, *, focus: str = "comment", announce: str = "", **context: Any) -> Response:
    """A comment at its place, as a fragment. `focus` is what gets it: "comment", "reply" or "edit"."""
    context = {"count": None, **shown(request, comment), **context}
    return fragment(request, "comments/_one.html", focus=focus, announce=announce, **context)


def back(request: Request, words: str, comment: Comment, *, is_there: bool = True) -> Response:
    """Without htmx: back to where the button was pressed, and say what was done."""
    flashes.add(request, "success", words)
    if is_from_queue(request):
        return redirect(QUEUE)
    return redirect(places.address(comment.rel_post, comment if is_there else None))


def in_queue(request: Request, comment: Comment, words: str, unread_count: int) -> Response:
    """With htmx in the list of those who decide: the comment's place says what became of it."""
    return fragment(
        request,
        "comments/_decided.html",
        comment=comment,
        post=comment.rel_post,
        words=words,
        unread_count=unread_count,
    )


def is_from_queue(request: Request) -> bool:
    """Whether a button in the list of those who decide was pressed, and not one below the post."""
    return current.form(request).get("from") == "queue"


def unread_count(request: Request) -> int:
    """How many messages were unread when the request came."""
    signed_in = current.signed_in(request)
    return signed_in.unread_count if signed_in else 0
