"""Times as people type them, to the minute, in a zone whose clocks go forward and back."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from web.html.filters import utc_offset

# What a browser's date and time field sends; seconds are taken and left out.
TYPED = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?", re.ASCII)
MINUTE = timedelta(minutes=1)
# Near the ends of the calendar another zone's year would be none.
FIRST_YEAR, LAST_YEAR = 2, 9998
# The longest gap so far was a whole day, when Samoa crossed the date line.
LONGEST_GAP_MINUTES = 2 * 24 * 60


class Choice(NamedTuple):
    """One moment that may have been meant: its value in a form, and its name."""

    value: str
    name: str


class Reading(NamedTuple):
    """What was typed means one moment; or it has a `problem`, and there are choices to take instead."""

    moment: datetime | None
    problem: str = ""
    choices: Sequence[Choice] = ()


def read_local(text: str, zone: ZoneInfo) -> Reading:
    """The moment of a local time like `2026-11-22T13:05`.

    A time that clocks skip has none, and one that comes twice has two to choose from.
    """
    local = _parse(text)
    if local is None:
        return Reading(None, "Please type a date and a time, like 2026-11-22 13:05.")
    moments = _moments(local, zone)
    if len(moments) == 1:
        return Reading(moments[0])
    if not moments:
        return _skipped(local, zone)
    problem = f"{_words(local)} comes twice in {zone.key}, because clocks go back. Please choose which one you mean."
    return Reading(None, problem, [_choice(moment, zone) for moment in moments])


def to_local(moment: datetime, zone: ZoneInfo) -> str:
    """The text of a date and time field."""
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}".rjust(16, "0")


def choice_of(moment: datetime, zone: ZoneInfo) -> Choice:
    """The choice that stands for a moment, to the minute."""
    return _choice(moment.replace(second=0, microsecond=0), zone)


def _parse(text: str) -> datetime | None:
    match = TYPED.fullmatch(text.strip())
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    try:
        return datetime.strptime(" ".join(match.groups()), "%Y %m %d %H %M")  # noqa: DTZ007 - whose zone is not known yet.
    except ValueError:
        return None


def _moments(local: datetime, zone: ZoneInfo) -> list[datetime]:
    """All moments at which clocks show this: usually one, none while they jump ahead, two after they went back."""
    found = {local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in found if moment.astimezone(zone).replace(tzinfo=None) == local)


def _skipped(local: datetime, zone: ZoneInfo) -> Reading:
    later = (local + minutes * MINUTE for minutes in range(1, LONGEST_GAP_MINUTES))
    moment = next(moments[0] for time in later if (moments := _moments(time, zone)))
    problem = f"There is no {_words(local)} in {zone.key}, because clocks go forward. You can take the next one."
    return Reading(None, problem, [_choice(moment, zone)])


def _choice(moment: datetime, zone: ZoneInfo) -> Choice:
    local = moment.astimezone(zone)
    return Choice(local.isoformat(timespec="minutes"), f"{_words(local)} ({utc_offset(local)})")


def _words(local: datetime) -> str:
    return f"{local:%H:%M} on {local.day} {local:%B} {local.year}"
