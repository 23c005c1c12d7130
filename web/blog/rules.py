"""Which values the blog's settings can have: pure functions, the same for the form and the command."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from zoneinfo import available_timezones

from web.models.setting import SignUp

TITLE_LIMIT = 100
DESCRIPTION_LIMIT = 500
# Language, script, region, variants: what BCP 47 allows, without its rarities.
LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
)
UNSTORABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# Entries of the time zone database that are no places.
NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def time_zones() -> tuple[str, ...]:
    """The names of all time zones, sorted. They are read from the disk once."""
    return tuple(sorted(available_timezones() - NO_PLACES))


def title_problem(value: str) -> str | None:
    """What is wrong with a title; None for a good one."""
    if not value.strip():
        return "A blog needs a title."
    return _too_long(value, TITLE_LIMIT, "A title")


def description_problem(value: str) -> str | None:
    """What is wrong with a description; it may be empty."""
    return _too_long(value, DESCRIPTION_LIMIT, "A description")


def language_problem(value: str) -> str | None:
    """What is wrong with a language code."""
    if LANGUAGE.fullmatch(value):
        return None
    return "This is no language code. Codes look like en, de, pt-BR or zh-Hant."


def zone_problem(value: str) -> str | None:
    """What is wrong with a time zone's name."""
    return None if value in time_zones() else "This is no known time zone. Names look like Europe/Berlin."


def sign_up_problem(value: str) -> str | None:
    """What is wrong with a mode of signing up."""
    return None if value in set(SignUp) else f"This must be one of: {', '.join(SignUp)}."


def guests_problem(value: str) -> str | None:
    """What is wrong with the answer whether guests may comment."""
    return None if value in ("yes", "no") else "This must be yes or no."


RULES: Mapping[str, Callable[[str], str | None]] = {
    "title": title_problem,
    "description": description_problem,
    "language": language_problem,
    "zone": zone_problem,
    "sign_up": sign_up_problem,
    "guests": guests_problem,
}


def setting_problem(name: str, value: str) -> str | None:
    """What is wrong with a value for a setting. Raises KeyError for an unknown setting."""
    if UNSTORABLE.search(value):
        return "This must be one line without control characters."
    return RULES[name](value)


def _too_long(value: str, limit: int, what: str) -> str | None:
    if len(value) <= limit:
        return None
    return f"{what} can have at most {limit:,} characters; this has {len(value):,}."
