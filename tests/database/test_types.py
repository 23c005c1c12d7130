"""Moments are stored as UTC and come back aware, on every database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from tests.support.factories import Make
from tests.support.reading import Read
from web.models.post import Post

MOMENT = datetime(2026, 11, 22, 23, 30, 15, 123456, tzinfo=timezone(timedelta(hours=-7)))


def test_a_moment_comes_back_as_it_was(make: Make, read: Read) -> None:
    post = read(Post, make.post(published_at=MOMENT).id)
    assert post is not None
    assert post.published_at == MOMENT
    assert post.published_at.tzinfo is UTC
    assert post.deleted_at is None


def test_a_naive_moment_is_refused(make: Make) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        make.post(published_at=datetime(2026, 11, 22))  # noqa: DTZ001
