"""Times as people type them, also where clocks go forward and back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from web.publishing.local_time import read_local, to_local

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "text", ["2026-12-24T18:30", " 2026-12-24 18:30 ", "2026-12-24T18:30:59", "2026-12-24T18:30:00.000"]
)
def test_a_time_is_that_of_the_zone(text: str) -> None:
    reading = read_local(text, BERLIN)
    assert reading.moment == datetime(2026, 12, 24, 17, 30, tzinfo=UTC)
    assert not reading.problem
    assert not reading.choices


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-12-24", "2026-02-30T10:00", "2026-12-24T24:00", "0000-01-01T00:00", "0001-01-01T00:00",
     "9999-12-31T23:59", "12026-01-01T00:00", "２０２６-12-24T18:30", "2026-12-24T18:30Z", "\x00"],  # noqa: RUF001
)  # fmt: skip
def test_what_is_no_time_is_said(text: str) -> None:
    reading = read_local(text, BERLIN)
    assert reading.moment is None
    assert "Please type a date and a time" in reading.problem


@pytest.mark.parametrize(
    ("zone", "text", "next_one"),
    [
        ("Europe/Berlin", "2027-03-28T02:00", "2027-03-28T03:00+02:00"),
        ("Europe/Berlin", "2027-03-28T02:59", "2027-03-28T03:00+02:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-04T02:30+11:00"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-31T00:00+14:00"),
    ],
)
def test_a_time_that_clocks_skip_does_not_exist(zone: str, text: str, next_one: str) -> None:
    reading = read_local(text, ZoneInfo(zone))
    assert reading.moment is None
    assert "because clocks go forward" in reading.problem
    assert [choice.value for choice in reading.choices] == [next_one]


def test_a_time_that_comes_twice_must_be_chosen() -> None:
    reading = read_local("2026-10-25T02:30", BERLIN)
    assert reading.moment is None
    assert "comes twice in Europe/Berlin" in reading.problem
    assert reading.choices == [
        ("2026-10-25T02:30+02:00", "02:30 on 25 October 2026 (UTC+2)"),
        ("2026-10-25T02:30+01:00", "02:30 on 25 October 2026 (UTC+1)"),
    ]


@pytest.mark.parametrize("text", ["2026-10-25T01:59", "2026-10-25T03:00", "2027-03-28T01:59", "2027-03-28T03:00"])
def test_the_minutes_around_a_change_are_plain(text: str) -> None:
    reading = read_local(text, BERLIN)
    assert reading.moment is not None
    assert to_local(reading.moment, BERLIN) == text


def test_antiquity_can_be_typed() -> None:
    reading = read_local("0043-06-01T12:00", ZoneInfo("UTC"))
    assert reading.moment == datetime(43, 6, 1, 12, tzinfo=UTC)
    assert to_local(datetime(43, 6, 1, 12, tzinfo=UTC), ZoneInfo("UTC")) == "0043-06-01T12:00"
