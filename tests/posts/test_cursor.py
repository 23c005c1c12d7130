"""The end of a page, written into an address and read again."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from web.posts.cursor import Cursor

MOMENT = datetime(2026, 11, 22, 13, 5, 7, 123456, tzinfo=UTC)


def test_what_is_written_can_be_read() -> None:
    cursor = Cursor(MOMENT, 42)
    assert str(cursor) == "20261122T130507123456-42"
    assert Cursor.parse(str(cursor)) == cursor


def test_it_is_written_in_utc() -> None:
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=13)))
    assert str(Cursor(elsewhere, 1)) == str(Cursor(MOMENT, 1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "42",
        "nonsense",
        "20261122T130507123456",
        "20261122T130507123456-",
        "20261122T130507123456--1",
        "20261122T130507123456-1 ",
        "20261122T130507123456-1\n",
        " 20261122T130507123456-1",
        "20261122T130507-1",
        "20261322T130507123456-1",
        "20260230T130507123456-1",
        "00000101T000000000000-1",
        "20261122T250507123456-1",
        "20261122T130507123456-1234567890123456789",
        "２０２６1122T130507123456-1",  # noqa: RUF001
        "20261122T130507123456-1' OR 1=1",
        "\x00",
    ],
)
def test_anything_else_is_the_first_page(text: str) -> None:
    assert Cursor.parse(text) is None
