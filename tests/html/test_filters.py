"""Dates, counts and addresses as templates show them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from web.html import filters
from web.html.environment import make_environment
from web.models.setting import Blog
from web.settings import find_folder

MOMENT = datetime(2026, 11, 22, 23, 5, 9, 999, tzinfo=UTC)


def rendered(template: str, zone: str = "UTC", **context: object) -> str:
    environment = make_environment(find_folder("templates"), static_url=str, path_to=str)
    blog = Blog(zone=zone)
    return environment.from_string(template).render(blog=blog, base_url="https://blog.example", **context)


@pytest.mark.parametrize(
    ("name", "zone", "text"),
    [
        ("date", "UTC", "22 November 2026"),
        ("date", "Europe/Berlin", "23 November 2026"),
        ("date", "America/New_York", "22 November 2026"),
        ("datetime", "UTC", "22 November 2026, 23:05"),
        ("datetime", "Asia/Kolkata", "23 November 2026, 04:35"),
        ("month", "UTC", "November 2026"),
        ("month", "Pacific/Kiritimati", "November 2026"),
    ],
)
def test_dates_are_the_blogs(name: str, zone: str, text: str) -> None:
    assert rendered(f"{{{{ moment | {name} }}}}", zone, moment=MOMENT) == text


def test_a_month_is_the_blogs() -> None:
    moment = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert rendered("{{ moment | month }}", "Europe/Berlin", moment=moment) == "January 2027"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (MOMENT, "2026-11-22T23:05:09Z"),
        (MOMENT.astimezone(timezone(timedelta(hours=5, minutes=30))), "2026-11-22T23:05:09Z"),
        (datetime(987, 1, 2, tzinfo=UTC), "0987-01-02T00:00:00Z"),
    ],
)
def test_machines_get_utc(moment: datetime, text: str) -> None:
    assert filters.iso(moment) == text


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (230, 1), (345, 2), (920, 4), (100_000, 435)])
def test_reading_takes_at_least_a_minute(words: int, minutes: int) -> None:
    assert filters.reading_time(words) == f"{minutes} min read"


@pytest.mark.parametrize(("count", "text"), [(0, "0 comments"), (1, "1 comment"), (2, "2 comments")])
def test_one_and_many(count: int, text: str) -> None:
    assert rendered('{{ plural(count, "comment", "comments") }}', count=count) == text


def test_an_absolute_address_has_the_blogs_host() -> None:
    assert rendered('{{ absolute_url("/posts/hello") }}') == "https://blog.example/posts/hello"
