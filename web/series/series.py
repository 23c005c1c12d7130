"""All series, and the parts of one."""

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.errors import NotFoundError
from web.http.responses import page, page_or_fragment, redirect_all
from web.models.series import Series
from web.series import queries, rules
from web.series.forms import SeriesForm


def index(request: Request) -> Response:
    """Every series with parts that everybody may read."""
    return page(request, "series/index.html", series=queries.all_series(current.session(request), current.now(request)))


def show(request: Request) -> Response:
    """A series with its parts in order."""
    series, user = _series(request), current.user(request)
    parts = queries.listed_parts(current.session(request), current.now(request), series)
    if not parts and not rules.may_see_empty(user):
        raise NotFoundError
    return page(request, "series/show.html", series=series, parts=parts, may_manage=rules.may_manage(user))


def edit(request: Request) -> Response:
    """The form."""
    current.require(request, rules.may_manage)
    series = _series(request)
    form = SeriesForm(title=series.title, description=series.description)
    return page(request, "series/edit.html", series=series, form=form)


def update(request: Request) -> Response:
    """Store another title or description. The address stays."""
    current.require(request, rules.may_manage)
    series, form = _series(request), SeriesForm(current.form(request))
    if not form.validate():
        templates = ("series/edit.html", "series/_form.html")
        return page_or_fragment(request, *templates, status=422, series=series, form=form)
    series.title, series.description = form.title.data or "", (form.description.data or "").strip()
    flashes.add(request, "success", "The series has been saved.")
    return redirect_all(request, f"/series/{series.slug}")


def _series(request: Request) -> Series:
    found = queries.find_series(current.session(request), request.path_params["slug"])
    if found is None:
        raise NotFoundError
    return found
