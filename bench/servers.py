"""The two servers that are compared: Colophon with one worker, and the bare one."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bench import content
from bench.answers import Answer, WrongAnswerError
from bench.bare import write_answers
from bench.process import running
from bench.rows import Row
from tests.support.server import free_port

BIN = Path(sys.executable).parent


@contextmanager
def colophon(database_url: str, folder: Path) -> Iterator[str]:
    """The address of a blog on that database, served as its owner would serve it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "COLOPHON_DATA": str(folder / "data"),
        "COLOPHON_DATABASE_URL": database_url,
    }
    command = [str(BIN / "colophon"), "serve", "--port", str(port), "--workers", "1"]
    with running(command, address=f"{address}/healthz", environment=environment, folder=folder):
        yield address


@contextmanager
def bare(answers: Mapping[Row, Answer], folder: Path) -> Iterator[str]:
    """The address of the bare server with these answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    stored = folder / "answers.json"
    write_answers(stored, answers)
    environment = {**os.environ, "BENCH_ANSWERS": str(stored), "PYTHONPATH": str(Path(__file__).parents[1])}
    options = ["--lifespan", "off", "--no-access-log", "--no-server-header", "--log-level", "warning"]
    command = [str(BIN / "uvicorn"), "bench.bare:app", "--port", str(port), *options]
    with running(command, address=f"{address}/is-it-up", environment=environment, folder=folder):
        yield address


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def sign_in(address: str) -> str:
    """The cookie that the sign-in form gives; WrongAnswerError when it gives none."""
    form = urlencode({"login": content.USERNAME, "password": content.PASSWORD}).encode()
    request = Request(f"{address}/sign-in", form, {"Sec-Fetch-Site": "same-origin"})
    try:
        with build_opener(_StayHere).open(request) as answer:
            raise WrongAnswerError(f"signing in was answered {answer.status}")
    except HTTPError as redirection:
        cookies = redirection.headers.get_all("Set-Cookie") or []
        status = redirection.code
        redirection.close()
    if status != 303 or not cookies:
        raise WrongAnswerError(f"signing in was answered {status} with {len(cookies)} cookies")
    return "; ".join(match[0] for cookie in cookies if (match := re.match(r"[^;]+", cookie)))
