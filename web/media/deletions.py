"""Deleting an image for good, which only one that stands nowhere can be."""

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.responses import page, redirect_all
from web.media import actions, queries
from web.media.cards import picture_of
from web.media.equipment import storage
from web.media.forms import AltForm
from web.media.media import details, media_of

STILL_SHOWN = "This image is still shown, so it was not deleted. Take it out of the posts below first."


def confirm(request: Request) -> Response:
    """Ask before it is too late."""
    media = media_of(request)
    return page(request, "media/deletion.html", media=media, picture=picture_of(media.name))


def create(request: Request) -> Response:
    """Delete an image, its files after the row is gone: a crash between leaves files, never a row without."""
    media = media_of(request, hold=True)
    session = current.session(request)
    if queries.posts_showing(session, media):
        return details(request, media, AltForm(alt=media.alt), status=422, problem=STILL_SHOWN)
    session.delete(media)
    session.flush()
    flashes.add(request, "notice", f"“{media.file_name}” was deleted.")
    response = redirect_all(request, "/media")
    response.background = BackgroundTask(actions.remove_files, request.app.state.database, storage(request), media)
    return response
