"""Taking in images. The slow part holds neither slot nor transaction."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from anyio.to_thread import run_sync
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.http import current
from web.media import actions, answers, queries, rules
from web.media.equipment import storage, workshop
from web.media.forms import AT_ONCE, NONE_CHOSEN, UploadForm
from web.media.pictures import PictureError
from web.media.storage import StorageError
from web.media.workshop import Made
from web.models.media import Media

MEANWHILE_DELETED = "This image was deleted at the same moment. Please upload it again."


@dataclass
class Sent:
    """One file, and how far it has come: a digest, files of its own, a row; or the reason why not."""

    file_name: str
    upload: UploadFile
    digest: str = ""
    made: Made | None = None
    media: Media | None = None
    problem: str = ""

    @property
    def file(self) -> BinaryIO:
        return self.upload.file


async def create(request: Request) -> Response:
    """Store images. What is acknowledged is on the disk; good ones are stored although others are refused."""
    if answers.wants_json(request) and not rules.may_upload(current.user(request)):
        return answers.refused(401 if current.user(request) is None else 403)
    form = UploadForm(current.form(request))
    if current.user(request) is None and form.alt.data:
        return await run_sync(answers.keep_words, request, form, "media/_upload_form.html", "#media-upload")
    user_id = current.require(request, rules.may_upload).id
    sent = [Sent(clean_name(upload.filename or ""), upload) for upload in current.files(request, "file")]
    if not form.validate() or not _check_number(form, sent, 1 if answers.wants_json(request) else AT_ONCE):
        return await run_sync(answers.ask_again, request, form)
    await _work_on(request, sent, user_id)
    return await run_sync(_store, request, form, sent)


def clean_name(name: str) -> str:
    """The last part of a file's name, without what cannot be seen or stored."""
    return "".join(filter(str.isprintable, re.split(r"[/\\]", name)[-1])).strip() or "image"


def _check_number(form: UploadForm, sent: list[Sent], limit: int) -> bool:
    if not sent:
        form.add_error(form.file, NONE_CHOSEN)
    elif len(sent) > limit:
        form.add_error(form.file, f"These are {len(sent)} images. Please send at most {limit} at once.")
    return not form.errors


async def _work_on(request: Request, sent: list[Sent], user_id: int) -> None:
    unit = current.unit(request)
    async with unit.stepped_outside():
        for item in sent:
            await _name(request, item, user_id)
    digests = [item.digest for item in sent if item.digest]
    known = set(await run_sync(queries.names_by_digest, current.session(request), digests))
    async with unit.stepped_outside():
        for item in sent:
            if item.digest and item.digest not in known:
                known.add(item.digest)
                await _make(request, item)


async def _name(request: Request, item: Sent, user_id: int) -> None:
    try:
        item.digest = await workshop(request).digest(item.file, item.upload.size or 0, user_id)
    except PictureError as error:
        item.problem = str(error)


async def _make(request: Request, item: Sent) -> None:
    try:
        item.made = await workshop(request).make(item.file, item.digest)
    except PictureError as error:
        item.problem = str(error)
    except StorageError as error:
        raise HTTPException(503) from error


def _store(request: Request, form: UploadForm, sent: list[Sent]) -> Response:
    session, user = current.session(request), current.require_user(request)
    owner = queries.lock_owner(session, user.id)
    if owner is None or not rules.may_upload(owner):
        raise HTTPException(403)
    for item in sent:
        item.media = None if item.problem else queries.find_by_digest(session, item.digest)
        if item.media is None and item.made is not None and _is_stored(request, item.made):
            item.media = actions.take_in(
                session, owner, item.made, item.file_name, form.alt.data or "", current.now(request)
            )
        if item.media is None and not item.problem:
            item.problem = MEANWHILE_DELETED
    problems = [f"{item.file_name}: {item.problem}" if len(sent) > 1 else item.problem for item in sent if item.problem]
    return answers.answer(request, form, [item.media for item in sent if item.media], problems)


def _is_stored(request: Request, made: Made) -> bool:
    """Whether the files are still there: the owner may have deleted the same image meanwhile."""
    try:
        return storage(request).size_of(made.picture.name) is not None
    except StorageError as error:
        raise HTTPException(503) from error
