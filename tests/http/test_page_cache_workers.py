"""Workers of one server: what one of them has acknowledged, no other answers as before."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import httpx2
import pytest

from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.server import Server
from web.settings import Settings

SAVES = 30
# So many connections that each worker has some of them.
READERS = 4


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with Server(settings, {"WEB_CONCURRENCY": "2"}) as server:
        yield server


@contextmanager
def readers(server: Server) -> Iterator[list[tuple[float, int]]]:
    """Who asks for the post again and again: when each request began, and which take was answered."""
    is_over, seen = Event(), list[tuple[float, int]]()

    def read() -> None:
        with httpx2.Client(base_url=server.url, timeout=60) as client:
            while not is_over.is_set():
                began = time.monotonic()
                take = re.search(r"Take (\d+)\.", client.get("/posts/hello").text)
                seen.append((began, int(take[1]) if take else -1))

    threads = [Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def test_what_was_saved_is_what_others_answer_next(server: Server, make: Make) -> None:
    post = make.post(make.user("ada", role="author"), title="Hello", body="Take 0.")
    acknowledged = [(0.0, 0)]
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx2.Client(base_url=server.url, headers=headers, timeout=60) as writer, readers(server) as seen:
        assert writer.post("/sign-in", data={"login": "ada", "password": PASSWORD}).status_code == 303
        for take in range(1, SAVES + 1):
            words = {"title": "Hello", "body": f"Take {take}."}
            assert writer.post(f"/write/{post.id}", data=words).status_code == 303
            acknowledged.append((time.monotonic(), take))
    late = [(take, known) for began, take in seen for moment, known in acknowledged if moment < began and take < known]
    assert not late
    assert {take for _, take in seen} >= {SAVES - 1}
