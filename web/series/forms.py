"""What may be typed in about a series."""

from web.html.forms import Form, Line, Text, at_most, required
from web.models.series import DESCRIPTION_LIMIT, SERIES_TITLE_LIMIT


class SeriesForm(Form):
    """What a series is called, and what it is about."""

    title = Line("Title", [required("Please give it a title."), at_most(SERIES_TITLE_LIMIT, "A title")])
    description = Text("Description", [at_most(DESCRIPTION_LIMIT, "A description")])
