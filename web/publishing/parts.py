"""Which series a post is a part of."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.publishing import answers, places
from web.publishing.forms import PartForm
from web.publishing.kept import keeping_fields
from web.series.actions import MOST_PARTS, SeriesFullError, assign

SECTION = "publishing/_series.html"


@keeping_fields
def update(request: Request) -> Response:
    """Put a post into a series, at a position or at its end; without a title take it out."""
    post, form = places.post_to_arrange(request), PartForm(current.form(request))
    form.settle(answers.part_form(request, post))
    if not form.validate():
        return answers.refuse(request, post, SECTION, part=form)
    title, position = form.series.data or "", form.position.data or ""
    try:
        assign(current.session(request), post, title, int(position) if position else None)
    except SeriesFullError:
        form.add_error(form.series, f"A series can have at most {MOST_PARTS} parts; this one has them.")
        return answers.refuse(request, post, SECTION, part=form)
    said = "It is a part of the series." if title else "It is a part of no series."
    return answers.changed(request, post, SECTION, said)
