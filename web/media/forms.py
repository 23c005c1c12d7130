"""What is sent with images."""

from wtforms import MultipleFileField

from web.html.forms import Form, Line, at_most
from web.models.media import ALT_LIMIT

AT_ONCE = 20
NONE_CHOSEN = "Please choose at least one image."


class AltForm(Form):
    """What an image shows, for those who do not see it."""

    alt = Line("Description", [at_most(ALT_LIMIT, "A description")])


class UploadForm(AltForm):
    """Images, and what they show."""

    file = MultipleFileField("Images")
