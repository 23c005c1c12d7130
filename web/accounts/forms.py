"""What may be typed to make an account, to sign in, and to change one's own account."""

from collections.abc import Callable
from typing import Any

from wtforms import PasswordField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from web.accounts import rules
from web.blog.rules import TITLE_LIMIT
from web.html.forms import Check, Form, Line, Text, at_most, required

DISPLAY_NAME_LIMIT = 100
BIOGRAPHY_LIMIT = 2_000

NAME_ATTRIBUTES = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "required": True}
EMAIL_ATTRIBUTES = {"type": "email", "autocomplete": "email", "required": True}
OLD_PASSWORD_ATTRIBUTES = {"autocomplete": "current-password", "required": True}
NEW_PASSWORD_ATTRIBUTES = {"autocomplete": "new-password", "required": True}

TAKEN = {
    "username": "Somebody has this username already. Please choose another one.",
    "email": "There is an account with this email address already. Sign in instead, or use another address.",
}


def follows(rule: Callable[[str], str | None]) -> Check:
    """The field must have nothing that the rule finds fault with."""

    def check(_form: Any, field: Field) -> None:
        problem = rule(field.data or "")
        if problem:
            raise ValidationError(problem)

    return check


def not_reserved(_form: Any, field: Field) -> None:
    """The field must not hold a name that speaks for the blog."""
    if rules.is_reserved(field.data or ""):
        raise ValidationError("This username is reserved. Please choose another one.")


class SignInForm(Form):
    """Name or address, and password."""

    login = Line(
        "Username or email",
        [required("Please type your username or your email address."), at_most(rules.EMAIL_LONGEST, "This")],
        render_kw=NAME_ATTRIBUTES,
    )
    password = PasswordField(
        "Password",
        [required("Please type your password."), at_most(rules.PASSWORD_LONGEST, "A password")],
        render_kw=OLD_PASSWORD_ATTRIBUTES,
    )


class AccountForm(Form):
    """A new account."""

    username = Line(
        "Username",
        [required("Please choose a username."), follows(rules.username_problem)],
        render_kw=NAME_ATTRIBUTES,
    )
    email = Line(
        "Email",
        [required("Please type your email address."), follows(rules.email_problem)],
        render_kw=EMAIL_ATTRIBUTES,
    )
    password = PasswordField(
        "Password",
        [required("Please choose a password."), follows(rules.password_problem)],
        render_kw=NEW_PASSWORD_ATTRIBUTES,
    )

    def point_out_taken(self, fields: frozenset[str]) -> None:
        """Say at each of these fields that somebody else has it."""
        for name in fields:
            self.add_error(self[name], TAKEN[name])


class SetupForm(AccountForm):
    """The first account, and how the blog shall be called."""

    title = Line("Title of the blog (optional)", [at_most(TITLE_LIMIT, "A title")])


class SignUpForm(AccountForm):
    """An account of one's own. Some names are not for everybody."""

    username = Line(
        "Username",
        [required("Please choose a username."), follows(rules.username_problem), not_reserved],
        render_kw=NAME_ATTRIBUTES,
    )


class ProfileForm(Form):
    """How somebody is presented to readers."""

    display_name = Line(
        "Display name",
        [required("Please type the name that readers shall see."), at_most(DISPLAY_NAME_LIMIT, "A name")],
        render_kw={"autocomplete": "name", "required": True},
    )
    bio = Text("Biography", [at_most(BIOGRAPHY_LIMIT, "A biography")])


class PasswordForm(Form):
    """The password that somebody has, and the one they want."""

    current_password = PasswordField(
        "Current password",
        [required("Please type the password that you have now."), at_most(rules.PASSWORD_LONGEST, "A password")],
        render_kw=OLD_PASSWORD_ATTRIBUTES,
    )
    password = PasswordField(
        "New password",
        [required("Please choose a new password."), follows(rules.password_problem)],
        render_kw=NEW_PASSWORD_ATTRIBUTES,
    )
