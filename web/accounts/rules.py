"""What an account may be called, and how long somebody who guesses must wait: pure functions."""

import ipaddress
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from urllib.parse import quote

TOKEN_BYTES = 32
TOKEN = re.compile(r"([0-9]{1,18})\.[A-Za-z0-9_-]{43}")
USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
USERNAME_SHORTEST, USERNAME_LONGEST = 2, 50
# Names that readers would take for the blog's own voice. The owner may use them all the same.
RESERVED = frozenset(
    {"admin", "administrator", "anonymous", "colophon", "guest", "moderator", "owner", "root", "support", "system"}
)

# Everything but what never stands in an address that anybody really has.
_PART = r"[^\s@<>(),;:\"\\\x00-\x20\x7f\ud800-\udfff]+"
EMAIL = re.compile(f"{_PART}@{_PART}")
EMAIL_LONGEST = 254
PASSWORD_SHORTEST, PASSWORD_LONGEST = 12, 256

FAILURES = 10
FAILURE_WINDOW = timedelta(minutes=10)
IPV6_NETWORK_BITS = 64

# After signing in nobody wants to stand before a door again.
DOORS = ("/sign-in", "/sign-up", "/sign-out", "/setup")
UNSAFE_IN_PATH = re.compile(r"[\x00-\x20\x7f\\]")


def username_problem(username: str) -> str | None:
    """What is wrong with a name, in words for whoever typed it; None for a good one."""
    if not USERNAME_SHORTEST <= len(username) <= USERNAME_LONGEST:
        limits = f"{USERNAME_SHORTEST} to {USERNAME_LONGEST}"
        return f"A username has {limits} characters; this has {len(username)}."
    if not USERNAME.fullmatch(username):
        return "A username has only the letters a to z, digits, dots, hyphens and underscores, a letter or digit first."
    return None


def is_reserved(username: str) -> bool:
    """Whether a stranger with this name would seem to speak for the blog."""
    return username.lower() in RESERVED


def email_problem(email: str) -> str | None:
    """What is wrong with an e-mail address; None for one that looks right. Only sending would prove it."""
    # It is stored in lower case, in which some letters are longer.
    length = max(len(email), len(email.lower()))
    if length > EMAIL_LONGEST:
        return f"An email address can have at most {EMAIL_LONGEST} characters; this has {length}."
    if not EMAIL.fullmatch(email) or not _is_domain(email.partition("@")[2]):
        return "This is no complete email address. One looks like name@example.org."
    return None


def _is_domain(text: str) -> bool:
    return text == "localhost" or ("." in text and all(text.split(".")))


def password_problem(password: str) -> str | None:
    """What is wrong with a new password; None for a good one."""
    if len(password) < PASSWORD_SHORTEST:
        return f"A password needs at least {PASSWORD_SHORTEST} characters; this has {len(password)}."
    if len(password) > PASSWORD_LONGEST:
        return f"A password can have at most {PASSWORD_LONGEST} characters; this has {len(password):,}."
    return None


def minutes_to_wait(failures: Sequence[datetime], now: datetime) -> int:
    """How many minutes until another attempt is looked at; 0 when one may be made now.

    Takes the moments of failures of one name or one address. Only the last ten minutes count.
    """
    counted = sorted(moment for moment in failures if now - moment < FAILURE_WINDOW)
    if len(counted) < FAILURES:
        return 0
    free_again = counted[-FAILURES] + FAILURE_WINDOW
    return ceil((free_again - now) / timedelta(minutes=1))


def counted_address(address: str) -> str:
    """The address as failures are counted for it: an IPv6 customer has a whole network to guess from."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), IPV6_NETWORK_BITS), strict=False))


def make_token(user_id: int) -> str:
    """A token for a browser, which nobody can guess. It names its user, also when its session is gone."""
    return f"{user_id}.{secrets.token_urlsafe(TOKEN_BYTES)}"


def user_of_token(token: str) -> int | None:
    """Whose token it is or was; None for what is no token."""
    found = TOKEN.fullmatch(token)
    return int(found[1]) if found else None


def local_path(wanted: str) -> str:
    """Where to go after signing in: the wanted path when it is one of this blog, else the front page.

    Browsers read a backslash as a slash and leave out tabs and line breaks, so neither may occur.
    """
    is_local = wanted.startswith("/") and not wanted.startswith("//") and not UNSAFE_IN_PATH.search(wanted)
    if not is_local or re.split("[?#]", wanted)[0] in DOORS:
        return "/"
    return quote(wanted, safe="/?#[]@!$&'()*+,;=:%~", errors="replace")
