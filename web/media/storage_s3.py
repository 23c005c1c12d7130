"""Files in a bucket of Amazon S3 or of whatever speaks its language: MinIO, Garage, Ceph, R2 …"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from web.media.storage import OpenedFile, StorageError, StoredFile
from web.settings import Settings

# A bucket may hold other things too.
FOLDER = "media/"
CONNECT_SECONDS = 5
READ_SECONDS = 30
GONE = frozenset({"404", "NoSuchKey", "NotFound"})
CACHE_CONTROL = "public, max-age=31536000, immutable"


class S3Storage:
    """Files below `media/` in the bucket that the settings name. A client may be used by several threads."""

    def __init__(self, settings: Settings) -> None:
        self.bucket = settings.storage_bucket
        self._client = boto3.client(
            "s3",
            region_name=settings.storage_region,
            # Without these the library looks for them in all the places where Amazon's own tools keep them.
            endpoint_url=settings.storage_endpoint or None,
            aws_access_key_id=settings.storage_access_key or None,
            aws_secret_access_key=settings.storage_secret_key or None,
            config=_config(has_endpoint=bool(settings.storage_endpoint)),
        )

    def put(self, name: str, data: bytes, media_type: str) -> None:
        with _told():
            self._client.put_object(
                Bucket=self.bucket, Key=FOLDER + name, Body=data, ContentType=media_type, CacheControl=CACHE_CONTROL
            )

    def open(self, name: str) -> OpenedFile | None:
        with _told():
            try:
                answer = self._client.get_object(Bucket=self.bucket, Key=FOLDER + name)
            except ClientError as error:
                if _is_gone(error):
                    return None
                raise
        return OpenedFile(answer["ContentLength"], cast(BinaryIO, _Stream(answer["Body"])))

    def size_of(self, name: str) -> int | None:
        with _told():
            try:
                return self._client.head_object(Bucket=self.bucket, Key=FOLDER + name)["ContentLength"]
            except ClientError as error:
                if _is_gone(error):
                    return None
                raise

    def delete(self, name: str) -> None:
        with _told():
            self._client.delete_object(Bucket=self.bucket, Key=FOLDER + name)

    def list(self) -> Iterator[StoredFile]:
        with _told():
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=FOLDER):
                for item in page.get("Contents", []):
                    yield StoredFile(item["Key"].removeprefix(FOLDER), item["Size"], item["LastModified"])


class _Stream:
    """The body of an answer, whose faults while reading are told like all others."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        with _told():
            return cast(bytes, self._body.read(size))

    def close(self) -> None:
        self._body.close()


def _config(*, has_endpoint: bool) -> Config:
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "max_attempts": 3},
        # Other services have no host name per bucket, and refuse the checksums that Amazon's newer clients add.
        s3={"addressing_style": "path" if has_endpoint else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _is_gone(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") in GONE


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, OSError) as error:
        raise StorageError(str(error)) from error
