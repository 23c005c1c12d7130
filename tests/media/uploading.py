"""Sends images as a form, as htmx or as the editor's script does."""

from typing import Any

from starlette.testclient import TestClient

from tests.media.samples import picture, saved

as_script = {"Accept": "application/json"}
GOOD = saved(picture(500, 300))


def upload(browser: TestClient, *files: tuple[str, bytes], headers: dict[str, str] | None = None, **data: str) -> Any:
    return browser.post("/media", data=data, files=[("file", file) for file in files], headers=headers)
