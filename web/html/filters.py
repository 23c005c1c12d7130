"""Filters and small functions of the templates. Dates are shown in the blog's time zone."""

from datetime import UTC, datetime

from jinja2 import pass_context
from jinja2.runtime import Context

WORDS_PER_MINUTE = 230


@pass_context
def date(context: Context, moment: datetime) -> str:
    """`22 November 2026`."""
    local = moment.astimezone(context["blog"].time_zone)
    return f"{local.day} {local:%B %Y}"


@pass_context
def date_and_time(context: Context, moment: datetime, *, seconds: bool = False) -> str:
    """`22 November 2026, 13:05`; with the seconds where several things may have happened in one minute."""
    local = moment.astimezone(context["blog"].time_zone)
    return f"{local.day} {local:%B %Y, %H:%M}" + (f":{local:%S}" if seconds else "")


@pass_context
def moment(context: Context, moment: datetime) -> str:
    """`22 November 2026, 13:05 (UTC+1)`: where it matters which of two equal times is meant."""
    return f"{date_and_time(context, moment)} ({utc_offset(moment.astimezone(context['blog'].time_zone))})"


@pass_context
def month(context: Context, moment: datetime) -> str:
    """`November 2026`."""
    return f"{moment.astimezone(context['blog'].time_zone):%B %Y}"


def utc_offset(local: datetime) -> str:
    """`UTC+1`, `UTC-3:30`."""
    offset = f"{local:%z}"
    minutes = "" if offset[3:5] == "00" else f":{offset[3:5]}"
    return f"UTC{offset[0]}{int(offset[1:3])}{minutes}"


def iso(moment: datetime) -> str:
    """RFC 3339 in UTC, for the `datetime` attribute and for feeds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def reading_time(word_count: int) -> str:
    """`4 min read`, from the number of words."""
    return f"{max(1, round(word_count / WORDS_PER_MINUTE))} min read"


def plural(count: int, one: str, many: str) -> str:
    """`1 comment`, `2 comments`."""
    return f"{count} {one if count == 1 else many}"


@pass_context
def absolute_url(context: Context, path: str) -> str:
    """The address with scheme and host, for feeds and link previews."""
    return f"{context['base_url']}{path}"
