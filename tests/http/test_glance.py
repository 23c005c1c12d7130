"""The database is asked for its version once in each turn of the event loop."""

import asyncio
from collections.abc import Callable
from typing import cast

import pytest
import uvloop

from web.http.glance import Glance


class Counted:
    """A database that has another version each time it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def version(self) -> int | None:
        self.asked += 1
        return self.asked

    def close(self) -> None: ...


class Serving(asyncio.Protocol):
    """Answers each request in a task of its own, as uvicorn does, and notes which version that task saw."""

    def __init__(self, glance: Glance, served: list[int | None]) -> None:
        self._glance = glance
        self._served = served

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        self._task = asyncio.get_running_loop().create_task(self._serve())

    async def _serve(self) -> None:
        self._served.append(self._glance.version())
        self._transport.write(b"answer")


def test_all_of_one_turn_see_the_same() -> None:
    changes = Counted()
    glance = Glance(changes)

    async def turn() -> list[int | None]:
        return [glance.version(), glance.version(), glance.version()]

    assert asyncio.run(turn()) == [1, 1, 1]
    assert changes.asked == 1


def test_the_next_turn_asks_again() -> None:
    glance = Glance(Counted())

    async def turns() -> list[int | None]:
        seen = []
        for _ in range(3):
            seen.append(glance.version())
            await asyncio.sleep(0)
        return seen

    assert asyncio.run(turns()) == [1, 2, 3]


@pytest.mark.parametrize("loop_factory", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_what_was_read_from_a_socket_after_a_glance_is_served_with_another(
    loop_factory: Callable[[], asyncio.AbstractEventLoop],
) -> None:
    """A commit that was acknowledged before a request was sent is seen by that request."""
    glance = Glance(Counted())
    served: list[int | None] = []

    async def talk() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Serving(glance, served), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for _ in range(20):
            before = glance.version()
            writer.write(b"request")
            await reader.readexactly(len(b"answer"))
            assert served[-1] != before
        writer.close()
        server.close()

    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(talk())
    assert len(set(served)) == 20


def test_a_loop_that_ended_in_the_middle_of_a_turn_leaves_nothing_behind() -> None:
    changes = Counted()
    glance = Glance(changes)
    loops = [asyncio.new_event_loop() for _ in range(2)]

    async def turn() -> int | None:
        return glance.version()

    try:
        assert [loop.run_until_complete(turn()) for loop in loops] == [1, 2]
    finally:
        for loop in loops:
            loop.close()
