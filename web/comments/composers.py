"""The form for a new comment, with all that a page needs to show it."""

from dataclasses import dataclass, field

from web.comments.drafts import new_uid
from web.comments.forms import CommentForm, form_for
from web.comments.shown import Comment
from web.comments.stamps import Stamps
from web.html.dom_id import dom_id
from web.models.setting import Blog
from web.models.user import User
from web.posts.printed import AnyPost

# The element under the comments that holds the form; the forms for answers have their own below each comment.
MAIN_PLACE = "new-comment"


@dataclass(frozen=True)
class Composer:
    """An open form. `place` is the element that holds it, `answered` the comment that it answers.

    `stamp` is empty for people with an account. `is_signed_out`: whoever sent it has to sign in first.
    """

    form: CommentForm
    place: str = MAIN_PLACE
    answered: Comment | None = None
    stamp: str = ""
    is_signed_out: bool = False
    uid: str = field(default_factory=new_uid)

    @property
    def is_for_guests(self) -> bool:
        """Whether the form asks for a name."""
        return "name" in self.form


def compose(post: AnyPost, user: User | None, blog: Blog, stamps: Stamps, answered: Comment | None = None) -> Composer:
    """An empty form for this person."""
    place = dom_id(answered, "reply") if answered else MAIN_PLACE
    return Composer(form_for(user, blog), place, answered, "" if user else stamps.make(post.uid))
