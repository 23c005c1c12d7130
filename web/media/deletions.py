"""Deleting an image for good, which only one that stands nowhere can be."""

from sqlalchemy.orm import Session
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
from web.models.media import Media

REMEMBERED = "An earlier version of a post still shows this image, so it was not deleted: it may be brought back."
RESCUED = "Words that somebody could not save show this image, so it was not deleted: they may be put back."
STILL_SHOWN = "This image is still shown, so it was not deleted. Take it out of these posts and their settings first."


def confirm(request: Request) -> Response:
    """Ask before it is too late."""
    media = media_of(request)
    return page(request, "media/deletion.html", media=media, picture=picture_of(media.name))


def create(request: Request) -> Response:
    """Delete an image, its files after the row is gone: a crash between leaves files, never a row without."""
    media = media_of(request, hold=True)
    session = current.session(request)
    if problem := _problem(session, media):
        return details(request, media, AltForm(alt=media.alt), status=422, problem=problem)
    session.delete(media)
    session.flush()
    flashes.add(request, "notice", f"“{media.file_name}” was deleted.")
    response = redirect_all(request, "/media")
    response.background = BackgroundTask(actions.remove_files, request.app.state.database, storage(request), media)
    return response


def _problem(session: Session, media: Media) -> str:
    if queries.posts_showing(session, media):
        return STILL_SHOWN
    if queries.posts_remembering(session, media):
        return REMEMBERED
    return RESCUED if queries.is_rescued(session, media) else ""
