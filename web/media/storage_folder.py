"""Files in a folder, in folders of their first two letters so that none grows too long to be looked through."""

import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from web.media.storage import OpenedFile, StorageError, StoredFile

UNFINISHED = ".part"
P = ParamSpec("P")
R = TypeVar("R")


def _told(work: Callable[P, R]) -> Callable[P, R]:
    """The same, but what the operating system says becomes a StorageError."""

    @wraps(work)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return work(*args, **kwargs)
        except OSError as error:
            raise StorageError(str(error)) from error

    return wrapped


class FolderStorage:
    """Files below a folder, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @_told
    def put(self, name: str, data: bytes, media_type: str) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{name}.{secrets.token_hex(6)}{UNFINISHED}")
        try:
            with unfinished.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        # The new names must be on the disk too, from the file's own up to the folder of all.
        for folder in (path.parent, self.folder, self.folder.parent):
            _sync(folder)

    @_told
    def open(self, name: str) -> OpenedFile | None:
        try:
            file = self._path(name).open("rb")
        except (FileNotFoundError, NotADirectoryError):
            return None
        return OpenedFile(os.fstat(file.fileno()).st_size, file)

    @_told
    def size_of(self, name: str) -> int | None:
        try:
            return self._path(name).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return None

    @_told
    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def list(self) -> Iterator[StoredFile]:
        for path in self.folder.glob("*/*"):
            try:
                found = path.stat()
            except FileNotFoundError:
                # Somebody removed it while we were reading.
                continue
            except OSError as error:
                raise StorageError(str(error)) from error
            yield StoredFile(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def _path(self, name: str) -> Path:
        if not name or name != Path(name).name or name.startswith("."):
            raise ValueError(f"{name!r} is no name of a file")
        return self.folder / name[:2] / name


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
