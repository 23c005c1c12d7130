"""After the answer has started the session is of no use to anybody, and nothing leaks."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from tests.http.lab import NAME, Lab, answer, write
from web.http import current
from web.models.setting import Setting


def read_again(session: Session) -> None:
    """Ask for something that is not in the session yet."""
    session.get(Setting, "something else")


def test_a_stream_cannot_touch_the_session(lab: Lab) -> None:
    errors: list[Exception] = []

    def stream(session: Session, request: Request) -> Iterator[str]:
        yield "first "
        for touch in (lambda: read_again(session), lambda: current.session(request)):
            try:
                touch()
            except (InvalidRequestError, RuntimeError) as error:
                errors.append(error)
        lab.check_all_free()
        yield lab.stored() or ""

    def view(request: Request) -> Response:
        write(request)
        return StreamingResponse(stream(current.session(request), request))

    assert lab.client(view).post("/").text == "first written"
    assert [type(error) for error in errors] == [InvalidRequestError, RuntimeError]


def test_a_stream_that_fails_leaves_the_commit_alone(lab: Lab) -> None:
    def stream() -> Iterator[str]:
        yield "first "
        raise KeyError

    def view(request: Request) -> Response:
        write(request)
        return StreamingResponse(stream())

    lab.client(view).post("/")
    assert lab.stored() == "written"


def test_a_background_task_cannot_touch_the_session(lab: Lab) -> None:
    errors: list[Exception] = []

    def work(session: Session, request: Request) -> None:
        assert lab.stored() == "written", "it works after the commit"
        with pytest.raises(InvalidRequestError, match="permanently closed") as closed:
            read_again(session)
        with pytest.raises(RuntimeError, match="the unit of work is over") as over:
            current.session(request)
        errors.extend([closed.value, over.value])
        lab.check_all_free()

    def view(request: Request) -> Response:
        write(request)
        return Response("done", background=BackgroundTask(work, current.session(request), request))

    assert lab.client(view).post("/").text == "done"
    assert len(errors) == 2


def test_a_background_task_that_fails_leaves_the_commit_alone(lab: Lab) -> None:
    def work() -> None:
        raise KeyError

    def view(request: Request) -> Response:
        write(request)
        return Response("done", background=BackgroundTask(work))

    assert lab.client(view).post("/").text == "done"
    assert lab.stored() == "written"


def test_who_may_violate_a_constraint_flushes(lab: Lab) -> None:
    lab.store("there already")

    def view(request: Request) -> Response:
        write(request)
        return answer()

    def handler(_request: Request, _error: Exception) -> Response:
        return Response("taken", status_code=409)

    response = lab.client(view, handlers={IntegrityError: handler}).post("/")
    assert (response.status_code, response.text) == (409, "taken")
    assert lab.stored() == "there already"


def test_a_constraint_may_be_violated_in_a_savepoint(lab: Lab) -> None:
    lab.store("there already")

    def view(request: Request) -> Response:
        session = current.session(request)
        try:
            with session.begin_nested():
                write(request)
        except IntegrityError:
            session.get_one(Setting, NAME).value += ", and noticed"
        return answer()

    assert lab.client(view).post("/").status_code == 200
    assert lab.stored() == "there already, and noticed"
