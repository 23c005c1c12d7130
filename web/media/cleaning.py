"""Finds what uploads left behind that came to nothing, and removes it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from web.database import Database
from web.html.pictures import Picture
from web.media import queries
from web.media.cards import picture_of
from web.media.storage import Storage, StoredFile
from web.media.storage_folder import UNFINISHED
from web.models.media import Media

# A text that is still being written may be saved in the next days.
ABANDONED_AFTER = timedelta(days=7)
# An upload writes its files before its row; nothing takes this long.
FINISHED_AFTER = timedelta(days=1)
PORTION = 500


class Removed(NamedTuple):
    """An image that no text ever showed, or a file that belongs to no image."""

    name: str
    byte_size: int
    is_image: bool


def clean(database: Database, storage: Storage, now: datetime, *, dry_run: bool) -> Iterator[Removed]:
    """Remove what nobody needs, or with `dry_run` only tell what that would be. Yields each as it goes.

    Raises StorageError; what was removed until then stays removed.
    """
    for media in _forget_abandoned(database, now - ABANDONED_AFTER, dry_run=dry_run):
        picture = picture_of(media.name)
        for name in (picture.name, *picture.smaller_names) if not dry_run else ():
            storage.delete(name)
        yield Removed(media.file_name, media.byte_size, is_image=True)
    old = (file for file in storage.list() if file.written_at < now - FINISHED_AFTER and is_ours(file.name))
    while portion := list(islice(old, PORTION)):
        for file in _orphans(database, portion):
            if not dry_run:
                storage.delete(file.name)
            yield Removed(file.name, file.byte_size, is_image=False)


def is_ours(name: str) -> bool:
    """Whether an upload may have written a file of this name, be it half. What others keep there is left alone."""
    if name.endswith(UNFINISHED):
        # Between the name and this stands what told it from others of the same name.
        name = name.removesuffix(UNFINISHED).rpartition(".")[0]
    return Picture.owning(name) is not None


def _forget_abandoned(database: Database, before: datetime, *, dry_run: bool) -> list[Media]:
    with database.session(read_only=dry_run) as session:
        found = queries.abandoned(session, before, hold=not dry_run)
        for media in found if not dry_run else ():
            session.delete(media)
    return found


def _orphans(database: Database, files: Iterable[StoredFile]) -> Iterator[StoredFile]:
    owners = {file.name: owner.digest for file in files if (owner := Picture.owning(file.name))}
    with database.session(read_only=True) as session:
        names = queries.names_by_digest(session, sorted(set(owners.values())))
    kept = {name for stored in names.values() for name in (stored, *picture_of(stored).smaller_names)}
    return (file for file in files if file.name not in kept)
