"""Several browsers that press their buttons at the same moment, on one event loop as in the server."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import httpx2
from starlette.testclient import TestClient

from web.app import Colophon


class Press(NamedTuple):
    """One form sent by one browser, or with another method a page that it opens."""

    browser: TestClient
    address: str
    data: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]] | None = None
    method: str = "POST"


def at_once(app: Colophon, presses: Sequence[Press]) -> list[httpx2.Response]:
    """The answers to forms that are sent together, in the order of `presses`."""

    async def send(client: httpx2.AsyncClient, press: Press) -> httpx2.Response:
        cookie = "; ".join(f"{name}={value}" for name, value in press.browser.cookies.items())
        headers = {"Cookie": cookie}
        if press.method != "POST":
            return await client.request(press.method, press.address, headers=headers)
        return await client.post(press.address, data=dict(press.data), files=press.files, headers=headers)

    async def send_all() -> list[httpx2.Response]:
        headers = {"Sec-Fetch-Site": "same-origin"}
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as client:
            return await asyncio.gather(*(send(client, press) for press in presses))

    return asyncio.run(send_all())
