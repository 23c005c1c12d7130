"""Editors that are open at the same time, as several browsers have them."""

from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

from tests.support.html import Soup, soup


@dataclass
class Editor:
    """An opened editor: it sends what a browser would send, and goes on from what it got back."""

    browser: TestClient
    address: str
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.form = soup(self.browser.get(self.address)).form("#editor")

    def send(self, action: str = "", **typed: str) -> Any:
        """Press the button of an action after typing. The form stays as it is: a second send is a doubled one."""
        return self.browser.post(self.address + action, data=self.form | typed, headers=self.headers)

    def save(self, **typed: str) -> Soup:
        """Type, save, and go on in the same editor."""
        self.form |= typed
        answer = self.send()
        assert answer.status_code in (200, 303), answer.text
        if answer.status_code == 303:
            answer = self.browser.get(answer.headers["location"])
        page = soup(answer)
        self.form = page.form("#editor")
        return page
