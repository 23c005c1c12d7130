"""Forms that are sent, and a look afterwards at whether what is derived from posts is still what the posts say."""

from collections.abc import Callable, Mapping

from starlette.testclient import TestClient

from web.database import Database

Send = Callable[..., None]


def looking_after(database: Database, headers: Mapping[str, str], faults: Callable[[Database], object]) -> Send:
    """Sends a form with these headers, and fails where there are faults afterwards."""

    def send(browser: TestClient, address: str, **data: str) -> None:
        response = browser.post(address, data=data, headers=headers)
        assert response.status_code in (200, 204, 303), address
        assert faults(database) == {}, address

    return send
