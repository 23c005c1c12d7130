"""Which storage the settings ask for."""

from web.media.storage import Storage
from web.media.storage_folder import FolderStorage
from web.settings import Settings

FOLDER = "media"


def open_storage(settings: Settings) -> Storage:
    """The storage that the settings ask for: the data folder, or a bucket where one is named."""
    if settings.storage_bucket:
        # Imported only where it is wanted: it takes a third of a second and 30 MB.
        from web.media.storage_s3 import S3Storage

        return S3Storage(settings)
    return FolderStorage(settings.data / FOLDER)
