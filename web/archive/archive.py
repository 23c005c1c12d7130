"""The archive: titles and dates of all posts, by year and month, newest first.

However many posts there are, a page of it reads only as many rows as it shows: it goes on by key, and
the years to choose from are found by looking for one post in each.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from starlette.requests import Request
from starlette.responses import Response

from web.archive import queries
from web.http import current
from web.http.responses import fragment, page
from web.posts.cursor import Cursor

POSTS_PER_PAGE = 250
# Years that can be chosen: with one to spare on both sides, because the end of a year is the beginning of the next.
FIRST_YEAR, LAST_YEAR = 2, 9998
# More than anybody would choose from; an import may bring a post from antiquity.
MOST_YEARS = 60
YEAR = re.compile(r"[0-9]{1,4}")


class Dated(NamedTuple):
    """A post and the day on which it was published, where the blog is."""

    slug: str
    title: str
    published_at: datetime
    day: datetime


class Month(NamedTuple):
    """A month and its posts. `is_continued` when the page before ended in the middle of it."""

    name: str
    year: int
    posts: Sequence[Dated]
    is_continued: bool


class Year(NamedTuple):
    """A year and those of its months that have posts. `is_continued` as with a month."""

    number: int
    months: Sequence[Month]
    is_continued: bool


def index(request: Request) -> Response:
    """All posts, or with `?year=` those of one."""
    before = Cursor.parse(request.query_params.get("before", ""))
    year = _chosen_year(request.query_params.get("year", ""))
    rows, older = _page_of(request, year, before)
    years = _by_year(rows, current.blog(request).time_zone, before)
    context: dict[str, Any] = {"years": years, "older": older, "before": before, "chosen_year": year}
    if current.is_htmx(request):
        return fragment(request, "archive/_list.html", is_appended=True, **context)
    return page(request, "archive/index.html", is_appended=False, all_years=_all_years(request), **context)


def _chosen_year(text: str) -> int | None:
    year = int(text) if YEAR.fullmatch(text) else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _page_of(request: Request, year: int | None, before: Cursor | None) -> tuple[Sequence[Row[Any]], Cursor | None]:
    period = _period(year, current.blog(request).time_zone) if year else None
    rows = queries.archived(current.session(request), current.now(request), POSTS_PER_PAGE + 1, before, period)
    if len(rows) <= POSTS_PER_PAGE:
        return rows, None
    last = rows[POSTS_PER_PAGE - 1]
    return rows[:POSTS_PER_PAGE], Cursor(last.published_at, last.id)


def _all_years(request: Request) -> list[int]:
    ends = queries.first_and_last_publication(current.session(request), current.now(request))
    if ends is None:
        return []
    zone = current.blog(request).time_zone
    first, last = (moment.astimezone(zone).year for moment in ends)
    last = min(last, LAST_YEAR)
    years = range(last, max(first, FIRST_YEAR, last - MOST_YEARS) - 1, -1)
    periods = [_period(year, zone) for year in years]
    found = queries.periods_with_posts(current.session(request), current.now(request), periods)
    return [years[number] for number in found]


def _period(year: int, zone: ZoneInfo) -> queries.Period:
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _by_year(rows: Iterable[Row[Any]], zone: ZoneInfo, before: Cursor | None) -> list[Year]:
    # The post that the page before ended with. A cursor that somebody made up may be beyond all calendars.
    shown = before.moment.astimezone(zone) if before and FIRST_YEAR <= before.moment.year <= LAST_YEAR else None
    posts = (Dated(row.slug, row.title, row.published_at, row.published_at.astimezone(zone)) for row in rows)
    by_year = groupby(_by_month(posts, shown), lambda month: month.year)
    return [Year(number, list(months), shown is not None and number == shown.year) for number, months in by_year]


def _by_month(posts: Iterable[Dated], shown: datetime | None) -> Iterator[Month]:
    for (year, month), group in groupby(posts, lambda post: (post.day.year, post.day.month)):
        found = list(group)
        is_continued = shown is not None and (year, month) == (shown.year, shown.month)
        yield Month(f"{found[0].day:%B}", year, found, is_continued)
