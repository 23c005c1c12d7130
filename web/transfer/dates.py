"""Dates as people write them in front matter."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime

from web.transfer.post_file import PostFileError

# Tried when a date is not written by the international standard.
_FORMATS = (
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %I:%M %p",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d, %Y %H:%M",
    "%B %d, %Y %I:%M %p",
)
_ZONE_BEHIND_A_BLANK = re.compile(r" +([+-]\d\d:?\d\d)$")
_UTC_BY_NAME = re.compile(r" *(?:UTC|GMT|Z)$", re.IGNORECASE)


def to_utc(value: object, zone: tzinfo) -> datetime:
    """Return the moment that a date in front matter means.

    A date without a time is that day's beginning, and a time without a zone is one in `zone`. Raises
    PostFileError for what is no date.
    """
    moment = _moment(value)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise _no_date(value) from None


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return _parse(str(value).strip())
    raise _no_date(value)


def _parse(text: str) -> datetime:
    standard = _UTC_BY_NAME.sub("+00:00", _ZONE_BEHIND_A_BLANK.sub(r"\1", text))
    for parse in (datetime.fromisoformat, _by_known_formats, parsedate_to_datetime):
        try:
            return parse(standard)
        except (ValueError, TypeError, IndexError):
            continue
    raise _no_date(text)


def _by_known_formats(text: str) -> datetime:
    for known in _FORMATS:
        try:
            return datetime.strptime(text, known)  # noqa: DTZ007 - the zone is the blog's, and added by the caller.
        except ValueError:
            continue
    raise ValueError(text)


def _no_date(value: object) -> PostFileError:
    return PostFileError(f"The date “{value}” cannot be read. Please write it like 2026-11-22 or 2026-11-22 13:05.")
