"""Somebody before a screen: opens pages, types, presses, and notices everything that goes wrong."""

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, Route, expect

from tests.support.passwords import PASSWORD

# The browser says this of each answer of 400 and more, also where such an answer is as it should be.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Visitor:
    """A page in a browser of its own."""

    def __init__(self, page: Page, url: str) -> None:
        self.url = url
        self.page = page
        self.context = page.context
        self.troubles: list[str] = []
        self._listeners: dict[str, Callable[[Any], None]] = {
            "console": self._on_console,
            "pageerror": lambda error: self.troubles.append(f"uncaught: {error}"),
            "request": self._on_request,
            "response": self._on_response,
        }
        self._listen()

    def _listen(self) -> None:
        for event, listener in self._listeners.items():
            self.page.on(event, listener)  # type: ignore[call-overload]

    def crash(self) -> None:
        """Lose the page without a warning, and open an empty one in the same browser."""
        self.page.close(run_before_unload=False)
        self.page = self.context.new_page()
        self._listen()

    def hold(self, address: str) -> list[Route]:
        """Keep requests to addresses that fit from being sent; they come into the list, for `let_go`."""
        held: list[Route] = []

        def keep(route: Route) -> None:
            held.append(route)

        self.page.route(address, keep)
        return held

    def let_go(self, held: list[Route]) -> None:
        """Let the newest request that is held, or will be, go on."""
        while not held:
            self.page.wait_for_timeout(50)
        held.pop().continue_()

    def leave(self) -> None:
        """Go away and leave the page as it was found, for the next visitor."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.goto("about:blank")
        self.context.clear_cookies()

    def open(self, path: str) -> None:
        """Go to an address of the blog."""
        self.page.goto(self.url + path)

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Send the form without looking at it, which is quicker; one story types it."""
        form = {"login": login, "password": password}
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = self.context.request.post(f"{self.url}/sign-in", form=form, headers=headers, max_redirects=0)
        assert answer.status == 303, answer.text()

    def button(self, name: str) -> Locator:
        """The button with exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        """The link with exactly this name."""
        return self.page.get_by_role("link", name=name, exact=True)

    def comment(self, body: str) -> Locator:
        """The comment with these words."""
        return self.page.locator("article.comment").filter(has_text=body).last

    def stay_on_this_page(self) -> None:
        """From now on `check_same_page` fails when the page was loaded again."""
        self.page.evaluate("document.documentElement.dataset.tested = 'same'")

    def check_same_page(self) -> None:
        """Fail when the page was loaded since `stay_on_this_page`."""
        assert self.page.evaluate("document.documentElement.dataset.tested") == "same", "the page was loaded again"

    def focused(self) -> str:
        """What has the focus, as a short text: tag, id, and the beginning of its text or label."""
        described: str = self.page.evaluate(
            "(e => [e.tagName.toLowerCase(), e.id, (e.getAttribute('aria-label') || e.textContent).trim().slice(0, 40)]"
            ".join('|'))(document.activeElement)"
        )
        return described

    def check_whole_page(self) -> None:
        """Fail when what is shown is a fragment without its page."""
        expect(self.page.locator("html > head > title")).to_have_count(1)
        expect(self.page.locator("main#main")).to_have_count(1)
        expect(self.page.locator("header.masthead")).to_have_count(1)

    def check_no_trouble(self) -> None:
        """Fail when the console, the server or the content security policy complained."""
        assert self.troubles == [], "\n".join(self.troubles)

    def addresses(self, selector: str) -> Sequence[str]:
        """The `href` of every element that fits."""
        found: list[str] = self.page.eval_on_selector_all(selector, "all => all.map(e => e.getAttribute('href'))")
        return found

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            self.troubles.append(f"{message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "about", "blob") and f"{address.scheme}://{address.netloc}" != self.url:
            self.troubles.append(f"a request to another host: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.troubles.append(f"{response.status} from {response.url}")
