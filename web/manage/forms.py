"""What the owner may decide."""

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # The stubs do not know it yet.
from wtforms.validators import AnyOf

from web.accounts.forms import follows
from web.blog import rules
from web.html.forms import Form, Line, required
from web.models.setting import Blog, SignUp
from web.models.user import Role

SIGN_UP_CHOICES = [
    SelectChoice(SignUp.OPEN, "Anybody may make an account"),
    SelectChoice(SignUp.INVITATION, "Only people whom the owner invites"),
    SelectChoice(SignUp.CLOSED, "Nobody"),
]
# Each role and what it is called.
ROLES = tuple((role.value, role.value.capitalize()) for role in Role)


class SettingsForm(Form):
    """All settings of the blog; the names of the fields are those of the settings."""

    title = Line("Title", [required("Please type a title."), follows(rules.title_problem)])
    description = Line("Description", [follows(rules.description_problem)])
    language = Line("Language", [required("Please type a language code."), follows(rules.language_problem)])
    zone = SelectField(
        "Time zone",
        [follows(rules.zone_problem)],
        choices=lambda: [SelectChoice(name) for name in rules.time_zones()],
        validate_choice=False,
    )
    sign_up = RadioField(
        "Who may sign up", [follows(rules.sign_up_problem)], choices=SIGN_UP_CHOICES, validate_choice=False
    )
    guests = BooleanField("Guests may comment")

    @classmethod
    def of(cls, blog: Blog) -> "SettingsForm":
        """The form as the blog is now."""
        return cls(
            title=blog.title,
            description=blog.description,
            language=blog.language,
            zone=blog.time_zone.key,
            sign_up=blog.sign_up,
            guests=blog.guest_comments,
        )

    def values_to_store(self) -> dict[str, str]:
        """What was chosen, as settings are stored."""
        return {**self.data, "guests": "yes" if self.guests.data else "no"}


class RoleForm(Form):
    """Which role somebody shall have."""

    role = RadioField(
        "Role",
        [AnyOf(list(Role), "Please choose one of the roles.")],
        choices=[SelectChoice(*role) for role in ROLES],
        validate_choice=False,
    )
