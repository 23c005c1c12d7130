"""Makes a draft out of what was sent, or says at the form what is wrong with it."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from web.comments import queries
from web.comments.composers import Composer
from web.comments.discussion import Viewer
from web.comments.drafts import Draft, clean_uid, new_uid
from web.comments.forms import CommentForm, GuestCommentForm, form_for
from web.comments.shown import Comment as ShownComment
from web.comments.stamps import TOO_FAST, Stamps
from web.html.form_input import FormInput
from web.models.comment import Comment
from web.models.post import Post
from web.models.user import User

KEY = re.compile("[0-9]{1,18}")
ANSWERED_GONE = "The comment that you answer is no longer there. Post again to put your words under the post itself."


@dataclass(frozen=True)
class Submission:
    """What somebody sent to be stored under a post: the form as it came, and what it answers."""

    post: Post
    user: User | None
    form: CommentForm
    parent: Comment | None
    uid: str
    stamp: str
    is_signed_out: bool

    @property
    def draft(self) -> Draft:
        """What is to be stored of a valid form."""
        guest = self.form if isinstance(self.form, GuestCommentForm) else None
        return Draft(
            post=self.post,
            user=self.user,
            parent=self.parent,
            body=self.form.words,
            uid=self.uid,
            guest_name=(guest.name.data or "") if guest else "",
            guest_email=(guest.email.data or "") if guest else "",
            is_trapped=bool(guest and guest.website.data),
        )

    def composer(self, place: str) -> Composer:
        """The form again, with what was typed still in it."""
        answered = ShownComment.of(self.parent) if self.parent else None
        return Composer(self.form, place, answered, self.stamp, self.is_signed_out, self.uid or new_uid())


def read(session: Session, post: Post, viewer: Viewer, sent: FormInput, stamps: Stamps) -> Submission:
    """Look at what was sent. Errors stand in the form, whose `form_errors` hold what belongs to no field."""
    user = viewer.user
    form = form_for(user, viewer.blog, sent)
    form.validate()
    parent = _parent(session, post, form, sent.get("parent"))
    # A form for guests has a name. Without one it was opened by somebody who was signed in then.
    is_signed_out = user is None and not (viewer.blog.guest_comments and "name" in sent)
    stamp = ""
    if isinstance(form, GuestCommentForm):
        stamp = stamps.make(post.uid) if is_signed_out else _checked_stamp(form, sent.get("stamp"), stamps, post)
    return Submission(post, user, form, parent, clean_uid(sent.get("uid")), stamp, is_signed_out)


def parse_key(text: str) -> int | None:
    """The number of a row that a field or an address holds; None for anything else."""
    return int(text) if KEY.fullmatch(text) else None


def _parent(session: Session, post: Post, form: CommentForm, text: str) -> Comment | None:
    if not text.strip():
        return None
    key = parse_key(text.strip())
    parent = queries.find_answerable(session, post, key, hold=True) if key is not None else None
    if parent is None:
        form.form_errors.append(ANSWERED_GONE)
    return parent


def _checked_stamp(form: CommentForm, stamp: str, stamps: Stamps, post: Post) -> str:
    problem = stamps.problem(stamp, post)
    if problem is None:
        return stamp
    form.form_errors.append(problem)
    # Who was only too fast keeps the stamp and so need not wait from the beginning.
    return stamp if problem == TOO_FAST else stamps.make(post.uid)
