"""Many who ask at once have a page made once, and nobody gets one that is older than what they may expect."""

import gzip

import anyio
import pytest
from anyio.lowlevel import checkpoint
from starlette.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send

from tests.http.lab import call, scope_of
from tests.support.clock import Clock
from web.http.page_cache import PageCacheMiddleware, Shareable
from web.http.readers import Readers
from web.http.sharing import find_sharing


class Counting:
    """Changes that a test makes itself."""

    number: int | None = 1

    def version(self) -> int | None:
        """The number."""
        return self.number

    def close(self) -> None:
        """There is nothing to close."""


class Kitchen:
    """An application whose answers take until the test lets them go on, and say at which version they were begun."""

    def __init__(self) -> None:
        self.changes = Counting()
        self.begun = 0
        self.is_shared = True
        self.is_broken = False
        self.words = ""
        self.has_answered = anyio.Event()
        self.may_go_on = anyio.Event()
        shareable = Shareable(lambda path: path == "/", lambda path: False, {}, Clock())
        self.app = PageCacheMiddleware(self._answer, self.changes, Readers("c", Clock()), shareable, 1_000_000)
        self.answers: list[str] = []

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun += 1
        body = f"{self.begun}. at version {self.changes.number}"
        sharing = find_sharing(scope)
        if sharing is not None and self.is_shared:
            sharing.accept()
        await self.may_go_on.wait()
        if self.is_broken:
            self.is_broken = False
            raise RuntimeError("broken")
        await HTMLResponse(body + self.words)(scope, receive, send)

    async def ask_compressed(self, read: anyio.Event) -> None:
        """One request of a client that takes gzip, and reads its answer only when it may."""

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body":
                self.answers.append(gzip.decompress(message["body"]).decode().strip())
                self.has_answered.set()
                await read.wait()

        scope = scope_of("GET", "/", b"")
        await self.app({**scope, "headers": [*scope["headers"], (b"accept-encoding", b"gzip")]}, receive, send)

    async def ask(self, path: str = "/") -> None:
        """One request; its answer is noted."""
        try:
            self.answers.append((await call(self.app, "GET", path))[-1]["body"].decode())
        except RuntimeError as error:
            self.answers.append(str(error))

    async def settle(self) -> None:
        """Let everything come as far as it can."""
        for _ in range(20):
            await checkpoint()


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


def test_twenty_who_ask_at_once_have_it_made_once(kitchen: Kitchen) -> None:
    async def story() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(kitchen.ask)
            await kitchen.settle()
            kitchen.may_go_on.set()
        await kitchen.ask()

    anyio.run(story)
    assert kitchen.answers == ["1. at version 1"] * 21


def test_whoever_comes_after_a_commit_gets_nothing_from_before_it(kitchen: Kitchen) -> None:
    async def story() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(kitchen.ask)
            await kitchen.settle()
            kitchen.changes.number = 2
            for _ in range(5):
                group.start_soon(kitchen.ask)
            await kitchen.settle()
            assert kitchen.begun == 1, "they wait, so that one of them has it made for all"
            kitchen.may_go_on.set()

    anyio.run(story)
    assert sorted(kitchen.answers) == ["1. at version 1"] + ["2. at version 2"] * 5


def test_an_answer_that_is_still_being_sent_is_nobody_elses_after_a_commit(kitchen: Kitchen) -> None:
    kitchen.words = " " * 1000
    kitchen.may_go_on.set()

    async def story() -> None:
        slow, others = anyio.Event(), anyio.Event()
        others.set()
        async with anyio.create_task_group() as group:
            group.start_soon(kitchen.ask_compressed, slow)
            await kitchen.has_answered.wait()
            kitchen.changes.number = 2
            for _ in range(3):
                await kitchen.ask_compressed(others)
            slow.set()

    anyio.run(story)
    assert kitchen.answers == ["1. at version 1", *["2. at version 2"] * 3]


def test_what_was_made_while_somebody_committed_is_not_kept(kitchen: Kitchen) -> None:
    async def story() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(kitchen.ask)
            await kitchen.settle()
            kitchen.changes.number = 2
            kitchen.may_go_on.set()
        await kitchen.ask()
        kitchen.changes.number = 3
        await kitchen.ask()
        await kitchen.ask()

    anyio.run(story)
    assert kitchen.answers == ["1. at version 1", "2. at version 2", "3. at version 3", "3. at version 3"]


def test_while_nobody_knows_what_was_committed_everything_is_made(kitchen: Kitchen) -> None:
    async def story() -> None:
        kitchen.may_go_on.set()
        await kitchen.ask()
        kitchen.changes.number = None
        await kitchen.ask()
        await kitchen.ask()
        kitchen.changes.number = 1
        await kitchen.ask()

    anyio.run(story)
    assert kitchen.answers == ["1. at version 1", "2. at version None", "3. at version None", "1. at version 1"]


def test_what_is_for_one_only_is_made_for_each(kitchen: Kitchen) -> None:
    kitchen.is_shared = False

    async def story() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(5):
                group.start_soon(kitchen.ask)
            await kitchen.settle()
            kitchen.may_go_on.set()

    anyio.run(story)
    assert sorted(kitchen.answers) == [f"{number}. at version 1" for number in range(1, 6)]


def test_one_who_fails_takes_nobody_along(kitchen: Kitchen) -> None:
    kitchen.is_broken = True

    async def story() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(kitchen.ask)
            await kitchen.settle()
            kitchen.may_go_on.set()

    anyio.run(story)
    assert kitchen.answers.count("broken") == 1
    assert all(answer.endswith("at version 1") for answer in kitchen.answers if answer != "broken")


def test_one_who_goes_away_takes_nobody_along(kitchen: Kitchen) -> None:
    async def story() -> None:
        async with anyio.create_task_group() as group:
            with anyio.CancelScope() as impatient:
                async with anyio.create_task_group() as first:
                    first.start_soon(kitchen.ask)
                    await kitchen.settle()
                    group.start_soon(kitchen.ask)
                    await kitchen.settle()
                    impatient.cancel()
            kitchen.may_go_on.set()

    anyio.run(story)
    assert kitchen.answers == ["2. at version 1"]


def test_other_addresses_do_not_wait_for_each_other(kitchen: Kitchen) -> None:
    async def story() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(kitchen.ask, "/write")
            await kitchen.settle()
            assert kitchen.begun == 3
            kitchen.may_go_on.set()

    anyio.run(story)
    assert kitchen.app.pages.size == 0
