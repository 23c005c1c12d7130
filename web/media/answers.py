"""What is said to an upload: as a page, as a piece of one for htmx, or as data for the editor's script."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from web.html.filters import plural
from web.http import current, flashes
from web.http.responses import fragment, page, redirect
from web.media import queries
from web.media.cards import markdown, picture_of
from web.media.forms import AltForm, UploadForm
from web.media.kinds import ACCEPTED
from web.models.media import Media

REFUSALS = {
    HTTPStatus.UNAUTHORIZED: "You have been signed out. Sign in in a new tab, then add the image again.",
    HTTPStatus.FORBIDDEN: "You may not upload images.",
}


def wants_json(request: Request) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("accept", "")


def refused(status: int) -> Response:
    """Why somebody may not upload, for a script."""
    return JSONResponse({"error": REFUSALS[HTTPStatus(status)]}, status)


def ask_again(request: Request, form: UploadForm) -> Response:
    """The form with its errors."""
    if wants_json(request):
        errors = [str(text) for texts in form.errors.values() for text in texts]
        return JSONResponse({"error": " ".join(errors)}, 422)
    return library(request, form, status=422)


def answer(request: Request, form: UploadForm, stored: Sequence[Media], problems: Sequence[str]) -> Response:
    """What became of the images that were sent."""
    if not wants_json(request):
        # The media page is where one uploads without writing: such images are meant to stay.
        for media in stored:
            media.keep()
    note = f"{plural(len(stored), 'image is', 'images are')} stored." if stored else ""
    for problem in problems:
        form.add_error(form.file, problem)
    if problems:
        # What could be stored is stored, and said to be.
        current.unit(request).commit_anyway()
        return ask_again(request, form) if wants_json(request) else library(request, form, note=note, status=422)
    if wants_json(request):
        return JSONResponse(described(stored[0]), 201)
    if current.is_htmx(request):
        return library(request, UploadForm(), note=note)
    flashes.add(request, "success", note)
    return redirect(f"/media/{stored[0].id}" if len(stored) == 1 else "/media")


def described(media: Media) -> dict[str, object]:
    """An image for a script."""
    picture = picture_of(media.name)
    size = {"width": media.width, "height": media.height}
    return {"id": media.id, "url": picture.url, "markdown": markdown(media.alt, picture), "alt": media.alt, **size}


def keep_words(request: Request, form: AltForm, part: str, place: str) -> Response:
    """The form again for whoever was signed out while writing: no word is lost over that."""
    context: dict[str, Any] = {"form": form, "address": request.url.path, "accepted": ACCEPTED, "is_signed_out": True}
    if current.is_htmx(request):
        return fragment(request, part, status=401, headers={"HX-Retarget": place}, **context)
    return page(request, "media/kept.html", status=401, part=part, **context)


def library(request: Request, form: UploadForm, *, note: str = "", status: int = 200) -> Response:
    """The form and the newest images: as a page, or as the part of it that an upload changes."""
    shelf = queries.shelf(current.session(request), current.require_user(request), "", None)
    context: dict[str, Any] = {
        "form": form,
        "note": note,
        "shelf": shelf,
        "words": "",
        "before": None,
        "accepted": ACCEPTED,
    }
    if current.is_htmx(request):
        return fragment(request, "media/_library.html", status=status, **context)
    return page(request, "media/index.html", status=status, **context)
