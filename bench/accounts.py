"""Signs people in through the form."""

import http.client
import re
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from bench.answers import WrongAnswerError
from bench.content import PASSWORD
from bench.content.people import reader

HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def sign_in(address: str, username: str) -> str:
    """The cookie that the sign-in form gives; WrongAnswerError when it gives none."""
    target = urlsplit(address)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
    try:
        connection.request("POST", "/sign-in", urlencode({"login": username, "password": PASSWORD}), HEADERS)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    cookies = answer.headers.get_all("Set-Cookie") or []
    if answer.status != 303 or not cookies:
        raise WrongAnswerError(f"signing in was answered {answer.status} with {len(cookies)} cookies")
    return "; ".join(match[0] for cookie in cookies if (match := re.match(r"[^;]+", cookie)))


def readers(number: int) -> Iterable[str]:
    """The usernames of so many readers."""
    return map(reader, range(1, number + 1))
