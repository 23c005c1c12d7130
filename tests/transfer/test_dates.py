"""Dates of front matter."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from web.transfer.dates import to_utc
from web.transfer.post_file import PostFileError

BERLIN = ZoneInfo("Europe/Berlin")
EAST = timezone(timedelta(hours=-4))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2017, 1, 19), "2017-01-18T23:00"),
        (date(2017, 7, 19), "2017-07-18T22:00"),
        (datetime(2017, 1, 19, 12, 30), "2017-01-19T11:30"),  # noqa: DTZ001 - as YAML gives it
        (datetime(2017, 1, 19, 12, 30, tzinfo=EAST), "2017-01-19T16:30"),
        ("2017-01-19", "2017-01-18T23:00"),
        ("2017-01-19 12:30", "2017-01-19T11:30"),
        ("2017-01-19T12:30:00-04:00", "2017-01-19T16:30"),
        ("2017-01-19 12:30:00 -0400", "2017-01-19T16:30"),
        ("2017-01-19 12:30:00 UTC", "2017-01-19T12:30"),
        ("2017-01-19T12:30:00Z", "2017-01-19T12:30"),
        ("2017-01-19 12:30 gmt", "2017-01-19T12:30"),
        ("2017/01/19", "2017-01-18T23:00"),
        ("2017/01/19 12:30:15", "2017-01-19T11:30"),
        ("2017-01-19 12:30 pm", "2017-01-19T11:30"),
        ("19.1.2017", "2017-01-18T23:00"),
        ("19 January 2017", "2017-01-18T23:00"),
        ("January 19, 2017", "2017-01-18T23:00"),
        ("Jan 19, 2017", "2017-01-18T23:00"),
        ("January 19, 2017 12:30 PM", "2017-01-19T11:30"),
        ("Thu, 19 Jan 2017 12:30:00 -0400", "2017-01-19T16:30"),
        (20170119, "2017-01-18T23:00"),
    ],
)
def test_a_date_is_read(value: object, expected: str) -> None:
    moment = to_utc(value, BERLIN)
    assert moment.tzinfo is UTC
    assert moment.isoformat(timespec="minutes") == f"{expected}+00:00"


@pytest.mark.parametrize(
    "value", ["soon", "", "2017-13-45", "19/01/2017x", True, 1.5, [], None, "0001-01-01", "9" * 40]
)
def test_what_is_no_date_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(PostFileError, match=r"like 2026-11-22 or 2026-11-22 13:05"):
        to_utc(value, BERLIN)
