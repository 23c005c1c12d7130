"""One client that keeps its connection open and looks at the clock."""

import http.client
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import TracebackType
from urllib.parse import urlencode, urlsplit

from bench.answers import ACCEPTED, Answer, WrongAnswerError

# A server closes connections that say nothing for five seconds.
IDLE_SECONDS = 3
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Client:
    """Asks one server, one request after the other. To be used as a context, which ends the connection."""

    def __init__(self, address: str, cookie: str = "") -> None:
        target = urlsplit(address)
        self._connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=180)
        self._headers = {"Accept-Encoding": ACCEPTED, "Sec-Fetch-Site": "same-origin"}
        if cookie:
            self._headers["Cookie"] = cookie
        self._used = time.monotonic()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def get(self, path: str) -> tuple[Answer, float]:
        """The answer, and the milliseconds that it took. WrongAnswerError for anything but 200."""
        return self._ask("GET", path, None, 200)

    def post(self, path: str, form: dict[str, str]) -> tuple[Answer, float]:
        """The same for a form. WrongAnswerError for anything but 303."""
        return self._ask("POST", path, urlencode(form), 303)

    def _ask(self, method: str, path: str, body: str | None, status: int) -> tuple[Answer, float]:
        headers = self._headers | (FORM if body is not None else {})
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._connection.close()
            self._connection.connect()
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        milliseconds = (time.perf_counter() - began) * 1000
        self._used = time.monotonic()
        if answer.status != status:
            raise WrongAnswerError(f"{method} {path} was answered {answer.status}: {answer.text[:500]!r}")
        return answer, milliseconds


def get_all(address: str, paths: Sequence[str], clients: int = 4) -> None:
    """Ask for all these pages once, several at a time. WrongAnswerError for anything but 200."""

    def ask(part: Sequence[str]) -> None:
        with Client(address) as client:
            for path in part:
                client.get(path)

    together([partial(ask, paths[start::clients]) for start in range(clients)])


def together(tasks: Sequence[Callable[[], None]]) -> None:
    """Do all at the same time, each in a thread of its own; raises the first of the errors when all are done."""
    with ThreadPoolExecutor(len(tasks)) as threads:
        under_way = [threads.submit(task) for task in tasks]
    for done in under_way:
        done.result()
