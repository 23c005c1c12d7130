"""A small application on the real middleware, and requests that can be watched message by message."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import anyio
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.database import Database
from web.http import current
from web.http.endpoints import AsyncView, View, address
from web.http.slots import Slots
from web.http.unit_of_work import UnitOfWorkMiddleware
from web.models.setting import Setting
from web.settings import Settings

Watch = Callable[[Message], Awaitable[None]]
NAME = "word"

# Fails when it is committed, not before: the promise is looked at last.
BROKEN_PROMISE = (
    "CREATE TEMP TABLE kept (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE promised (kept_id INTEGER REFERENCES kept DEFERRABLE INITIALLY DEFERRED)",
    "INSERT INTO promised VALUES (1)",
)


class Lab:
    """The database, its slots, and applications with one view at `/`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.slots = Slots(database)

    def app(
        self,
        view: View | AsyncView,
        *,
        handlers: Mapping[Any, Any] | None = None,
        outside: Sequence[Middleware] = (),
        inside: Sequence[Middleware] = (),
    ) -> Starlette:
        """The view for GET and POST, behind a session cookie and a unit of work."""
        app = Starlette(
            routes=[address("/", "view", get=view, post=view)],
            middleware=[
                *outside,
                Middleware(SessionMiddleware, secret_key="a secret that only tests know"),
                Middleware(UnitOfWorkMiddleware, database=self.database, slots=self.slots),
                *inside,
            ],
            exception_handlers=handlers,
        )
        app.state.settings = Settings(secret_key="x")
        return app

    def client(self, view: View | AsyncView, **options: Any) -> TestClient:
        """A browser on such an application: sees a 500 instead of the exception, and follows nothing."""
        return TestClient(self.app(view, **options), raise_server_exceptions=False, follow_redirects=False)

    def stored(self) -> str | None:
        """What a second connection sees."""
        with self.database.session(read_only=True) as session:
            found = session.get(Setting, NAME)
            return found.value if found else None

    def store(self, value: str) -> None:
        """Put something there before the request."""
        with self.database.session() as session:
            session.merge(Setting(name=NAME, value=value))

    def check_all_free(self) -> None:
        """Fail when a slot or a connection was not given back."""
        for read_only in (True, False):
            assert self.slots.limiter(read_only=read_only).borrowed_tokens == 0
        assert self.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def write(request: Request, value: str = "written") -> None:
    """What the views of these tests do."""
    current.session(request).add(Setting(name=NAME, value=value))
    current.session(request).flush()


def break_promise(request: Request) -> None:
    """Do what only the commit will refuse."""
    for statement in BROKEN_PROMISE:
        current.session(request).execute(text(statement))


class Watching:
    """Lets a test look at each message on its way out."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self.app = app
        self.watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_watched(message: Message) -> None:
            await self.watch(message)
            await send(message)

        await self.app(scope, receive, send_watched)


async def call(
    app: ASGIApp, method: str = "POST", path: str = "/", send: Send | None = None, query: bytes = b""
) -> list[Message]:
    """One request as a server makes it; the messages that were sent, and handed to `send` where that is given."""
    sent: list[Message] = []
    is_body_read = False

    async def receive() -> Message:
        nonlocal is_body_read
        if is_body_read:
            # The client listens to the end: a disconnect would stop an answer that is being sent.
            await anyio.sleep_forever()
        is_body_read = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def note(message: Message) -> None:
        if send is not None:
            await send(message)
        sent.append(message)

    await app(scope_of(method, path, query), receive, note)
    return sent


def scope_of(method: str, path: str, query: bytes) -> Scope:
    """What a server says about a request."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [(b"host", b"testserver")],
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
    }


def status_of(messages: Sequence[Message]) -> int:
    """The status of the answer."""
    return next(message["status"] for message in messages if message["type"] == "http.response.start")


def answer(status: int = 200) -> Response:
    """An answer that says nothing but its status."""
    return Response(status_code=status, headers={"Location": "/there"} if status == 303 else None)
