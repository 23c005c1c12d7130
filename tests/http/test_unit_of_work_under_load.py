"""Many at once: nothing is lost, nobody is left waiting."""

from typing import Any

import anyio
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response

from tests.http.lab import NAME, Lab, answer, call, status_of
from web.http import current
from web.models.setting import Setting

WRITERS = 60
REQUESTS = 100


def run_at_once(app: Any, methods: list[str]) -> list[int]:
    """The statuses of requests that are all under way together."""
    statuses: list[int] = []

    async def one(method: str) -> None:
        statuses.append(status_of(await call(app, method)))

    async def run() -> None:
        with anyio.fail_after(60):
            async with anyio.create_task_group() as group:
                for method in methods:
                    group.start_soon(one, method)

    anyio.run(run)
    return statuses


def count(request: Request) -> Response:
    """Read, add one, write: loses updates wherever two of them overlap."""
    session = current.session(request)
    statement = select(Setting).where(Setting.name == NAME).with_for_update()
    setting = session.scalars(statement).one()
    setting.value = str(int(setting.value) + 1)
    return answer()


def test_writers_at_once_lose_nothing(lab: Lab) -> None:
    lab.store("0")
    assert run_at_once(lab.app(count), ["POST"] * WRITERS) == [200] * WRITERS
    assert lab.stored() == str(WRITERS)


def test_readers_and_writers_at_once_are_all_answered(lab: Lab) -> None:
    lab.store("0")

    def view(request: Request) -> Response:
        if request.method == "POST":
            return count(request)
        assert current.session(request).get(Setting, NAME) is not None
        return answer()

    methods = ["GET", "POST"] * (REQUESTS // 2)
    assert lab.database.slots < REQUESTS
    assert run_at_once(lab.app(view), methods) == [200] * REQUESTS
    assert lab.stored() == str(REQUESTS // 2)


def test_failures_at_once_block_nobody(lab: Lab) -> None:
    lab.store("0")

    def view(request: Request) -> Response:
        count(request)
        current.session(request).flush()
        raise KeyError

    app = lab.app(view, handlers={KeyError: lambda _request, _error: answer(500)})
    assert run_at_once(app, ["POST"] * 20) == [500] * 20
    assert lab.stored() == "0"
