"""Answers: a page, a fragment, a redirect. All are rendered at once, while the session is open."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from web.database.statements import recorded_so_far
from web.html.holes import MARKS
from web.http import current, flashes
from web.http.readers import reader_of
from web.http.sharing import Limits, Sharing
from web.http.visitor import visitor_of

# Page and fragment may share an address, so caches and the Back button must tell them apart.
PLAIN_PAGES = frozenset({405, 413, 500, 503})
VARY_HTMX = "HX-Request, HX-History-Restore-Request"


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """A whole page: the template with everything the layout needs. Many readers may share it where its view agrees."""
    said = flashes.take(request)
    is_shared = status == HTTPStatus.OK and not said and _is_made_for_its_reader(request) and share(request)
    holes = MARKS if is_shared else None
    shared = {**_shared(request), "flashes": said, "holes": holes}
    shared["visitor"] = visitor_of(current.signed_in(request), holes)
    html = _environment(request.scope).get_template(template).render(shared | context)
    is_personal = bool(shared["flashes"] or shared["current_user"])
    # Not every cache on the way looks at Vary.
    kept = {"Cache-Control": "private"} if is_personal else {}
    return HTMLResponse(html, status, {"Vary": VARY_HTMX, **kept, **(headers or {})})


def limit_sharing(request: Request, limits: Limits) -> bool:
    """Say who may not share the page that is going to be made. True when others may."""
    sharing = _sharing(request)
    if sharing is None:
        return False
    sharing.limit(limits)
    return sharing.reader is not None and not sharing.is_refused


def share(request: Request, *, has_posts: bool = True) -> bool:
    """Let all who ask the same have the answer; one that `has_posts`, until one appears by itself.

    False where that cannot be.
    """
    sharing = _sharing(request)
    if sharing is None or not sharing.accept():
        return False
    if has_posts:
        sharing.change_at(current.site(request).changes_at)
    return True


def recalled(request: Request) -> Response | None:
    """An answer without words where the page cache, knowing now who asks, has the page already and sends that."""
    sharing = _sharing(request)
    is_kept = sharing is not None and sharing.reader is not None and sharing.recall(sharing.reader)
    return Response() if is_kept else None


def _is_made_for_its_reader(request: Request) -> bool:
    """Whether the page cache takes whoever asks for the one that the page is made for."""
    sharing, user = _sharing(request), current.user(request)
    return sharing is None or sharing.reader is None or sharing.reader.user_id == (user.id if user else None)


def _sharing(request: Request) -> Sharing | None:
    sharing = current.sharing(request)
    # What is still to be said to this browser must be said on a page of its own.
    if sharing is not None and sharing.reader is None and flashes.KEY not in request.session:
        sharing.reader = reader_of(current.signed_in(request))
    return sharing


def fragment(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """A piece of a page for htmx to swap in. Flash messages wait for the next whole page."""
    html = _environment(request.scope).get_template(template).render(_shared(request) | context)
    return HTMLResponse(html, status, {"Vary": VARY_HTMX, "Cache-Control": "no-store", **(headers or {})})


def bare_fragment(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> Response:
    """A piece of a page that needs neither the blog's settings nor a person: no statement is made for it."""
    html = _environment(request.scope).get_template(template).render(now=current.now(request), holes=None, **context)
    return HTMLResponse(html, status, {"Vary": VARY_HTMX, "Cache-Control": "no-store", **(headers or {})})


def page_or_fragment(request: Request, page_template: str, fragment_template: str, **context: Any) -> Response:
    """The fragment when htmx asks for it, else the page: for lists, whose address is the same for both."""
    if current.is_htmx(request):
        return fragment(request, fragment_template, **context)
    return page(request, page_template, **context)


def redirect(path: str, *, status: int = HTTPStatus.SEE_OTHER) -> Response:
    """Send a browser on: 303 after a form, 301 for an address that has changed for good."""
    return RedirectResponse(path, status)


def redirect_all(request: Request, path: str) -> Response:
    """Send the whole browser window on, also when htmx asked: its fetch would follow a 303 by itself."""
    if current.is_htmx(request):
        return Response(status_code=200, headers={"HX-Redirect": path})
    return redirect(path)


def error_page(scope: Scope, status: int, *, headers: Mapping[str, str] | None = None, **context: Any) -> Response:
    """An error page that touches neither database nor session."""
    environment = _environment(scope)
    template = environment.get_template(f"errors/{status if status in PLAIN_PAGES else 'other'}.html")
    phrase = HTTPStatus(status).phrase
    return HTMLResponse(template.render(status=status, phrase=phrase, **context), status, headers)


def base_url(request: Request) -> str:
    """Scheme and host of the blog as readers know it, without a slash at the end."""
    return cast(str, request.app.state.settings.base_url) or str(request.base_url).rstrip("/")


def _environment(scope: Scope) -> Environment:
    return cast(Environment, scope["app"].state.environment)


def _shared(request: Request) -> dict[str, Any]:
    signed_in = current.signed_in(request)
    blog = current.blog(request)
    return {
        "blog": blog,
        "menu": current.site(request).menu,
        "base_url": base_url(request),
        "current_user": signed_in.user if signed_in else None,
        "unread_count": signed_in.unread_count if signed_in else 0,
        "page_url": request.url.path,
        "holes": None,
        "now": current.now(request),
        "statements": recorded_so_far() if request.app.state.settings.sql_panel else None,
    }
