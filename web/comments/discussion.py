"""The comments of a post as a reader sees them."""

from dataclasses import dataclass

from starlette.requests import Request

from web.comments.queries import comments_under
from web.http import current
from web.models.comment import Comment
from web.models.post import Post


@dataclass(frozen=True)
class Discussion:
    """Approved comments in order."""

    comments: list[Comment]


def load_discussion(request: Request, post: Post) -> Discussion:
    """The discussion under a post for whoever asks."""
    found = comments_under(current.session(request), post)
    return Discussion([comment for comment in found if comment.is_approved])
