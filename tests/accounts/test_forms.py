"""What may be typed, without a browser; that forms stand in pages is tested with the pages."""

import pytest

from tests.support.passwords import PASSWORD
from web.accounts.forms import PasswordForm, ProfileForm, SetupForm, SignInForm, SignUpForm
from web.html.form_input import FormInput
from web.html.forms import Form

GOOD = {
    SignInForm: {"login": "ada", "password": PASSWORD},
    SignUpForm: {"username": "Ada", "email": "ada@example.org", "password": PASSWORD},
    SetupForm: {"username": "admin", "email": "ada@example.org", "password": PASSWORD, "title": ""},
    ProfileForm: {"display_name": "Ada Lovelace", "bio": "I *count*."},
    PasswordForm: {"current_password": "x", "password": PASSWORD},
}


def filled(kind: type[Form], **changes: str) -> Form:
    return kind(FormInput((GOOD[kind] | changes).items()))


@pytest.mark.parametrize("kind", GOOD)
def test_good_input_is_taken(kind: type[Form]) -> None:
    form = filled(kind)
    assert form.validate(), form.errors
    assert form.data == GOOD[kind]


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        (SignInForm, "login", "   ", "Please type your username or your email address."),
        (SignInForm, "login", "x" * 255, "at most 254"),
        (SignInForm, "login", "a\x00da", "control character"),
        (SignInForm, "password", "", "Please type your password."),
        (SignInForm, "password", "x" * 257, "at most 256"),
        (SignInForm, "password", "a\x00b", "control character"),
        (SignUpForm, "username", "", "Please choose a username."),
        (SignUpForm, "username", "   ", "Please choose a username."),
        (SignUpForm, "username", "a", "2 to 50 characters"),
        (SignUpForm, "username", "x" * 51, "2 to 50 characters"),
        (SignUpForm, "username", "ada lovelace", "only the letters a to z"),
        (SignUpForm, "username", "a\x00da", "control character"),
        (SignUpForm, "username", "Admin", "reserved"),
        (SignUpForm, "username", "colophon", "reserved"),
        (SignUpForm, "email", "", "Please type your email address."),
        (SignUpForm, "email", "ada", "name@example.org"),
        (SignUpForm, "email", "x" * 250 + "@example.org", "at most 254"),
        (SignUpForm, "password", "", "Please choose a password."),
        (SignUpForm, "password", "too short", "at least 12"),
        (SignUpForm, "password", "x" * 257, "at most 256"),
        (SignUpForm, "password", "x" * 12 + "\x00", "control character"),
        (SetupForm, "title", "x" * 101, "at most 100"),
        (ProfileForm, "display_name", "  ", "Please type the name"),
        (ProfileForm, "display_name", "x" * 101, "at most 100"),
        (ProfileForm, "display_name", "A\x07da", "control character"),
        (ProfileForm, "bio", "x" * 2001, "at most 2,000"),
        (ProfileForm, "bio", "a\x00b", "control character"),
        (PasswordForm, "current_password", "", "Please type the password"),
        (PasswordForm, "current_password", "x" * 257, "at most 256"),
        (PasswordForm, "password", "", "Please choose a new password."),
        (PasswordForm, "password", "short", "at least 12"),
        (PasswordForm, "password", "x" * 257, "at most 256"),
    ],
)
def test_bad_input_is_told_at_its_field_alone(kind: type[Form], field: str, value: str, words: str) -> None:
    form = filled(kind, **{field: value})
    assert not form.validate()
    assert list(form.errors) == [field]
    assert words in " ".join(form.errors[field])


@pytest.mark.parametrize("kind", GOOD)
def test_nothing_at_all_is_told_at_every_required_field(kind: type[Form]) -> None:
    form = kind(FormInput())
    assert not form.validate()
    assert set(form.errors) == set(GOOD[kind]) - {"title", "bio"}


def test_passwords_keep_their_blanks() -> None:
    form = filled(SignUpForm, password="  correct horse  ")
    assert form.validate()
    assert form.data["password"] == "  correct horse  "


def test_a_password_is_never_shown_again() -> None:
    form = filled(SignInForm)
    form.validate()
    assert PASSWORD not in str(form.password())
