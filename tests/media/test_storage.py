"""The two kinds of storage do the same, one in a folder and one against a real server that speaks S3."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.server import free_port
from web.media.storage import Storage, StorageError
from web.media.storage_s3 import S3Storage
from web.media.storages import open_storage
from web.settings import Settings

NAME = "0123456789abcdef0123456789abcdef-5x5.png"
OTHER = "ffff456789abcdef0123456789abcdef-5x5-400.webp"


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage."""
    if request.param == "folder":
        return open_storage(Settings(data=tmp_path / "data"))
    return open_storage(request.getfixturevalue("s3_settings"))


def content(storage: Storage, name: str) -> bytes | None:
    opened = storage.open(name)
    if opened is None:
        return None
    pieces = list(iter(lambda: opened.stream.read(4), b""))
    opened.stream.close()
    assert sum(map(len, pieces)) == opened.byte_size
    return b"".join(pieces)


def test_what_was_put_can_be_read_again(storage: Storage) -> None:
    storage.put(NAME, b"some bytes", "image/png")
    assert content(storage, NAME) == b"some bytes"
    assert storage.size_of(NAME) == 10
    storage.put(NAME, b"others", "image/png")
    assert content(storage, NAME) == b"others"


def test_what_is_not_there_is_none(storage: Storage) -> None:
    assert storage.open(NAME) is None
    assert storage.size_of(NAME) is None
    storage.delete(NAME)
    assert list(storage.list()) == []


def test_all_files_are_listed_with_size_and_time(storage: Storage) -> None:
    storage.put(NAME, b"12345", "image/png")
    storage.put(OTHER, b"1", "image/webp")
    found = {file.name: file for file in storage.list()}
    assert {name: file.byte_size for name, file in found.items()} == {NAME: 5, OTHER: 1}
    assert abs(datetime.now(UTC) - found[NAME].written_at) < timedelta(minutes=1)
    storage.delete(NAME)
    assert [file.name for file in storage.list()] == [OTHER]


def test_a_bucket_may_hold_other_things(s3_settings: Settings) -> None:
    storage = S3Storage(s3_settings)
    storage._client.put_object(Bucket=s3_settings.storage_bucket, Key="backup.zip", Body=b"x")
    assert list(storage.list()) == []


def test_a_service_says_what_it_serves(s3_settings: Settings) -> None:
    storage = S3Storage(s3_settings)
    storage.put(NAME, b"x", "image/png")
    head = storage._client.head_object(Bucket=s3_settings.storage_bucket, Key=f"media/{NAME}")
    assert (head["ContentType"], head["CacheControl"]) == ("image/png", "public, max-age=31536000, immutable")


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", "/etc/passwd", ".hidden"])
def test_a_folder_is_never_left(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a file"):
        open_storage(Settings(data=tmp_path)).open(name)


def test_nothing_half_written_has_a_name(tmp_path: Path) -> None:
    storage = open_storage(Settings(data=tmp_path))
    storage.put(NAME, b"before", "image/png")
    with pytest.raises(TypeError):
        storage.put(NAME, "no bytes", "image/png")  # type: ignore[arg-type]
    assert [file.name for file in storage.list()] == [NAME]
    assert content(storage, NAME) == b"before"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")
    storage = open_storage(Settings(data=tmp_path))
    with pytest.raises(StorageError):
        storage.put(NAME, b"x", "image/png")
    assert storage.open(NAME) is None


def test_a_service_out_of_reach_is_told(s3_settings: Settings) -> None:
    nowhere = s3_settings.model_copy(update={"storage_endpoint": f"http://127.0.0.1:{free_port()}"})
    no_bucket = s3_settings.model_copy(update={"storage_bucket": "not-there"})
    for settings in (nowhere, no_bucket):
        with pytest.raises(StorageError):
            open_storage(settings).put(NAME, b"x", "image/png")
        with pytest.raises(StorageError):
            list(open_storage(settings).list())
