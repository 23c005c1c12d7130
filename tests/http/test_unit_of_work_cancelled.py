"""Clients that go away in the middle leave neither a slot nor a connection behind."""

from collections.abc import Callable
from threading import Event
from typing import Any

import anyio
import pytest
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message

from tests.http.lab import Lab, answer, call, status_of, write
from web.database import Database
from web.http import current
from web.http.slots import Slots
from web.http.unit_of_work import UnitOfWork


async def cancel_when(app: ASGIApp, is_time: Event, then: Callable[[], object] = bool) -> None:
    """Start a request, cancel it as soon as the event is set, then let go what the view waits for."""
    async with anyio.create_task_group() as group:
        group.start_soon(call, app)
        assert await run_sync(is_time.wait, 10)
        group.cancel_scope.cancel()
        then()


def test_cancelled_while_the_view_works(lab: Lab) -> None:
    is_writing, may_go_on = Event(), Event()

    def view(request: Request) -> Response:
        write(request)
        is_writing.set()
        assert may_go_on.wait(10)
        return answer()

    anyio.run(cancel_when, lab.app(view), is_writing, may_go_on.set)
    assert lab.stored() == "written", "the view ends, and its work is kept"
    lab.check_all_free()


def test_cancelled_while_it_waits_for_a_slot(lab: Lab) -> None:
    is_waiting = Event()

    async def cancel_one_that_waits() -> None:
        limiter = lab.slots.limiter(read_only=False)
        holders = [object() for _ in range(int(limiter.total_tokens))]
        for holder in holders:
            limiter.acquire_on_behalf_of_nowait(holder)
        is_waiting.set()
        await cancel_when(lab.app(lambda _request: answer()), is_waiting)
        for holder in holders:
            limiter.release_on_behalf_of(holder)

    anyio.run(cancel_one_that_waits)
    lab.check_all_free()


def test_cancelled_while_it_commits(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    is_committing, may_go_on = Event(), Event()

    def view(request: Request) -> Response:
        write(request)
        session = current.session(request)
        commit = session.commit

        def slow_commit() -> None:
            is_committing.set()
            assert may_go_on.wait(10)
            commit()

        monkeypatch.setattr(session, "commit", slow_commit)
        return answer()

    anyio.run(cancel_when, lab.app(view), is_committing, may_go_on.set)
    assert lab.stored() == "written", "a commit that has begun is finished"
    lab.check_all_free()


def test_client_gone_before_the_answer(lab: Lab) -> None:
    """What a server does when nobody listens any more: the view ends, and its work is kept."""

    async def nobody_listens(_message: Message) -> None:
        raise OSError

    def view(request: Request) -> Response:
        write(request)
        return answer()

    with pytest.raises(OSError):  # noqa: PT011 - it says nothing
        anyio.run(call, lab.app(view), "POST", "/", nobody_listens)
    assert lab.stored() == "written"
    lab.check_all_free()


def test_an_error_while_it_begins(database: Database) -> None:
    class Refusing(Database):
        """Gives out no sessions."""

        def open_session(self, *, read_only: bool = False) -> Any:
            raise RuntimeError("no sessions today")

    slots = Slots(database)
    unit = UnitOfWork(Refusing(database.url), slots, read_only=True)

    async def begin() -> None:
        with pytest.raises(RuntimeError, match="no sessions today"):
            await unit.begin()
        assert slots.limiter(read_only=True).borrowed_tokens == 1
        await unit.finish(status=500)

    anyio.run(begin)
    assert slots.limiter(read_only=True).borrowed_tokens == 0


def test_an_error_while_it_rolls_back(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    def view(request: Request) -> Response:
        write(request)
        session = current.session(request)
        close = session.close

        def failing_close() -> None:
            close()
            raise RuntimeError("the connection broke")

        monkeypatch.setattr(session, "close", failing_close)
        return answer(422)

    assert lab.client(view).post("/").status_code == 500
    assert lab.stored() is None
    lab.check_all_free()


def test_stepping_outside_frees_slot_and_transaction(lab: Lab) -> None:
    """As many requests as there are slots step outside; still one more is answered."""
    inside = 1 if lab.database.has_one_writer else lab.database.slots
    all_are_outside, is_answered = anyio.Event(), anyio.Event()
    outside: list[Request] = []

    async def view(request: Request) -> Response:
        if request.method == "POST":
            await run_sync(write, request, "before")
            async with current.unit(request).stepped_outside():
                outside.append(request)
                if len(outside) == inside:
                    all_are_outside.set()
                await is_answered.wait()
        return answer()

    async def run(app: ASGIApp) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(inside):
                group.start_soon(call, app)
            with anyio.fail_after(10):
                await all_are_outside.wait()
                lab.check_all_free()
                assert status_of(await call(app, "GET")) == 200
            is_answered.set()

    anyio.run(run, lab.app(view))
    assert lab.stored() is None, "what was written before stepping outside is rolled back"


@pytest.mark.parametrize("is_raised", [True, False])
def test_after_stepping_outside_there_is_a_new_session(lab: Lab, is_raised: bool) -> None:
    async def view(request: Request) -> Response:
        before = current.session(request)
        try:
            async with current.unit(request).stepped_outside():
                with pytest.raises(RuntimeError, match="the unit of work is over"):
                    current.session(request)
                if is_raised:
                    raise KeyError
        except KeyError:
            pass
        assert current.session(request) is not before
        await run_sync(write, request)
        return answer()

    assert lab.client(view).post("/").status_code == 200
    assert lab.stored() == "written"


def test_cancelled_outside(lab: Lab) -> None:
    is_outside = Event()

    async def view(request: Request) -> Response:
        async with current.unit(request).stepped_outside():
            is_outside.set()
            await anyio.sleep_forever()
        return answer()

    anyio.run(cancel_when, lab.app(view), is_outside)
    lab.check_all_free()
