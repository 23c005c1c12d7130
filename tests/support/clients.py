"""Browsers without a screen: the application's own requests, in the same process."""

import json
from base64 import b64encode
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from typing import Any

from itsdangerous import TimestampSigner
from starlette.testclient import TestClient

from tests.support.clock import Clock
from tests.support.passwords import PASSWORD
from web.app import Colophon, Shipped, create_app
from web.database import Database
from web.models.user import User
from web.settings import Settings


class Clients:
    """Opens clients on one application, and closes them together."""

    def __init__(self, app: Colophon, stack: ExitStack) -> None:
        self.app = app
        self.stack = stack

    def open(self, *, raise_server_exceptions: bool = True, base_url: str = "http://testserver") -> TestClient:
        """A stranger's browser: it keeps cookies, says that it is on our own page, follows nothing."""
        client = TestClient(
            self.app,
            base_url=base_url,
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
            raise_server_exceptions=raise_server_exceptions,
        )
        return self.stack.enter_context(client)

    def sign_in(self, user: User, password: str = PASSWORD) -> TestClient:
        """The browser of somebody who has signed in, through the form."""
        client = self.open()
        answer = client.post("/sign-in", data={"login": user.username, "password": password})
        assert answer.status_code == 303, f"{user.username} could not sign in: {answer.status_code}"
        return client


def signed(session: dict[str, Any], secret_key: str) -> str:
    """The cookie that holds this, as the application would have written it."""
    data = b64encode(json.dumps(session).encode())
    return TimestampSigner(secret_key).sign(data).decode()


def make_app(settings: Settings, database: Database, clock: Clock) -> Colophon:
    """The application as it is served, but files are read and templates compiled once for all tests of a process."""
    return create_app(settings, database=database, clock=clock, shipped=_shipped())


@cache
def _shipped() -> Shipped:
    return Shipped.read()


SignIn = Callable[..., TestClient]
