"""One request by hand: what exactly a server answers, to check it and to let the other servers say the same."""

import http.client
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlencode, urlsplit

from bench.rows import Row

# The bare server's own HTTP layer writes these.
WRITTEN_BY_THE_SERVER = {"date", "server", "transfer-encoding", "connection"}


def _unpack_brotli(body: bytes) -> bytes:
    return bytes(import_module("brotli").decompress(body))


UNPACK: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": lambda body: zlib.decompress(body, wbits=31)}
if find_spec("brotli") is not None:
    UNPACK["br"] = _unpack_brotli
# Browsers ask for compressed pages. Only what can be checked is asked for.
ACCEPTED = ", ".join(filter(None, UNPACK))


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

    @property
    def text(self) -> str:
        """The body, unpacked."""
        return UNPACK[self.header("content-encoding")](self.body).decode(errors="replace")

    def header(self, wanted: str) -> str:
        """A header's value; empty where there is none."""
        return next((value for name, value in self.headers if name.lower() == wanted), "")


class WrongAnswerError(Exception):
    """A server did not answer what was to be measured."""


class UnavailableError(Exception):
    """What was to be measured does not exist in this version of Colophon."""


def headers_for(row: Row, cookie: str, etag: str = "") -> dict[str, str]:
    """The request headers of a row, as a browser on the blog's own page would send them."""
    headers = {"Accept-Encoding": ACCEPTED, "Sec-Fetch-Site": "same-origin"}
    if row.method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if row.signed_in:
        headers["Cookie"] = cookie
    if row.conditional:
        headers["If-None-Match"] = etag
    return headers


def send(address: str, row: Row, cookie: str, etag: str = "") -> Answer:
    """Send the row's request once."""
    target = urlsplit(address)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
    values = {"{post}": "1", "{unique}": str(uuid.uuid4())}
    form = {name: _filled(value, values) for name, value in row.form}
    body = urlencode(form) if form else None
    try:
        connection.request(row.method, _filled(row.path, values), body, headers_for(row, cookie, etag))
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


def checked(address: str, row: Row, cookie: str, etag: str = "") -> Answer:
    """Send the row's request once; WrongAnswerError where status or marker are not the row's."""
    answer = send(address, row, cookie, etag)
    said = answer.text + str(answer.headers)
    if answer.status != row.status or row.marker not in said:
        raise WrongAnswerError(f"{row.name}: {address}{row.path} answered {answer.status}, {said[:500]!r}")
    return answer


def find_etag(address: str, row: Row, cookie: str) -> str:
    """The ETag of what the row asks for; UnavailableError where the answer has none. Empty where none is needed."""
    if not row.conditional:
        return ""
    etag = send(address, row, cookie).header("etag")
    if not etag:
        raise UnavailableError(f"{row.path} has no ETag")
    return etag


def _filled(template: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(name, value)
    return template
