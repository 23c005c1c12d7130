"""What becomes of images: they are taken in once, and go with their files."""

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from web.database import Database
from web.media.cards import picture_of
from web.media.kinds import MEDIA_TYPES
from web.media.queries import find_by_digest, lock_owner
from web.media.storage import Storage, StorageError
from web.media.workshop import Made
from web.models.media import FILE_NAME_LIMIT, Media
from web.models.user import User

logger = logging.getLogger("colophon.media")


def take_in(session: Session, owner: User, made: Made, file_name: str, alt: str, now: datetime) -> Media:
    """The row of an image whose files are stored. The owner must be locked."""
    media = Media(
        rel_user=owner,
        digest=made.picture.digest,
        name=made.picture.name,
        file_name=file_name[-FILE_NAME_LIMIT:],
        media_type=MEDIA_TYPES[made.picture.kind],
        width=made.picture.width,
        height=made.picture.height,
        byte_size=made.byte_size,
        alt=alt,
        is_kept=False,
        created_at=now,
    )
    session.add(media)
    session.flush()
    return media


def remove_files(database: Database, storage: Storage, media: Media) -> None:
    """Remove the files of an image that was deleted; they stay when its owner has uploaded it again meanwhile.

    To be called after the commit. What a crash or an unreachable storage leaves behind, `colophon media clean` finds.
    """
    picture = picture_of(media.name)
    try:
        with database.session() as session:
            if media.user_id is not None:
                lock_owner(session, media.user_id)
            if find_by_digest(session, media.digest) is None:
                # The whole image first: where it is, all others are.
                for name in (picture.name, *picture.smaller_names):
                    storage.delete(name)
    except StorageError:
        logger.warning("could not remove the files of %s", picture.name, exc_info=True)
