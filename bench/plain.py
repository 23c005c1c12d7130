"""The same recorded answers as `bench.bare`, each behind a route of a Starlette application and made by a view."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.bare import ANSWERS, Message


def _view(start: Message, body: Message) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        if request.method == "POST":
            await request.body()
        response = Response(body["body"], start["status"])
        response.raw_headers = list(start["headers"])
        return response

    return show


def _up(_request: Request) -> Response:
    return Response()


routes = [Route(path, _view(*messages), methods=["GET", "POST"]) for path, messages in ANSWERS.items()]
app = Starlette(routes=[*routes, Route("/is-it-up", _up)])
