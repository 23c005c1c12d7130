"""One request by hand: what exactly a server answers, to check it and to let the bare server say the same."""

import http.client
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from bench.rows import Row

# The bare server's own HTTP layer writes these.
WRITTEN_BY_THE_SERVER = {"date", "server", "transfer-encoding", "connection"}


@dataclass(frozen=True)
class Answer:
    """Status, headers and the body's bytes as they came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def lasting_headers(self) -> list[tuple[str, str]]:
        """The headers that the application wrote, in order."""
        return [(name.lower(), value) for name, value in self.headers if name.lower() not in WRITTEN_BY_THE_SERVER]

    @property
    def size(self) -> int:
        """The bytes of body and headers, as wrk counts them, but for the status line."""
        return len(self.body) + sum(len(name) + len(value) + 4 for name, value in self.headers)


class WrongAnswerError(Exception):
    """A server did not answer what was to be measured."""


def headers_for(row: Row, cookie: str) -> dict[str, str]:
    """The request headers of a row, as a browser on the blog's own page would send them."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    if row.method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if row.signed_in:
        headers["Cookie"] = cookie
    return headers


def send(address: str, row: Row, cookie: str) -> Answer:
    """Send the row's request once."""
    target = urlsplit(address)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
    values = {"{post}": "1", "{unique}": str(uuid.uuid4())}
    form = {name: _filled(value, values) for name, value in row.form}
    body = urlencode(form) if form else None
    try:
        connection.request(row.method, _filled(row.path, values), body, headers_for(row, cookie))
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


def checked(address: str, row: Row, cookie: str) -> Answer:
    """Send the row's request once; WrongAnswerError where status or marker are not the row's."""
    answer = send(address, row, cookie)
    said = answer.body.decode(errors="replace") + str(answer.headers)
    if answer.status != row.status or row.marker not in said:
        raise WrongAnswerError(f"{row.name}: {address} answered {answer.status}, {said[:500]!r}")
    return answer


def _filled(template: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(name, value)
    return template
