"""What may be typed in to comment."""

from typing import Any

from wtforms.fields import Field
from wtforms.validators import ValidationError

from web.accounts.rules import email_problem
from web.html.form_input import FormInput
from web.html.forms import Form, Line, Text, at_most, required
from web.models.comment import COMMENT_LIMIT
from web.models.setting import Blog
from web.models.user import User

NAME_LIMIT = 100


def _is_address(_form: Any, field: Field) -> None:
    problem = email_problem(field.data or "")
    if problem:
        raise ValidationError(problem)


class CommentForm(Form):
    """A comment of somebody with an account, new or changed."""

    body = Text("Comment", [required("Please write your comment first."), at_most(COMMENT_LIMIT, "A comment")])

    @property
    def words(self) -> str:
        """The Markdown, without blanks at its end."""
        return (self.body.data or "").rstrip()


class GuestCommentForm(CommentForm):
    """A comment of somebody without an account. `website` is the trap: people do not see it."""

    name = Line("Name", [required("Please type the name to show with your comment."), at_most(NAME_LIMIT, "A name")])
    email = Line("Email", [required("Please type your email address. It is not shown."), _is_address])
    website = Line("Leave this empty")


def form_for(user: User | None, blog: Blog, sent: FormInput | None = None) -> CommentForm:
    """The form that this person fills in."""
    return GuestCommentForm(sent) if user is None and blog.guest_comments else CommentForm(sent)
