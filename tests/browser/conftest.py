"""The system's Chromium, and visitors of a blog that is really served."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.handing_over import open_paper
from tests.browser.site import Site
from tests.browser.typing_words import BODY
from tests.browser.visitor import Visitor
from tests.support.factories import Make
from web.app import Colophon
from web.models.post import Post
from web.models.user import User

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HOW = (
    "there is no Chromium. On Debian and Ubuntu: sudo apt install chromium; elsewhere set COLOPHON_CHROMIUM to its path"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MILLISECONDS = 15_000


def find_chromium() -> str:
    """The path of the system's Chromium. Without one the test is skipped."""
    executable = os.environ.get("COLOPHON_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip(HOW)
    return executable


Visit = Callable[..., Visitor]


class Screens:
    """Pages that are handed out again and again: a page of its own for each story would cost half a second.

    Nothing goes from one story to the next: cookies are cleared, and what else a browser remembers it remembers
    for one address with its port, which is another one each time.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Page]] = {}

    @contextmanager
    def borrowed(self, url: str, options: Mapping[str, Any]) -> Iterator[Visitor]:
        """A visitor with a page of these options."""
        free = self._free.setdefault(repr(sorted(options.items())), [])
        visitor = Visitor(free.pop() if free else self._new(options), url)
        yield visitor
        visitor.leave()
        free.append(visitor.page)

    def _new(self, options: Mapping[str, Any]) -> Page:
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        return context.new_page()


@pytest.fixture(scope="module")
def screens() -> Iterator[Screens]:
    """One browser for the stories of a file. It ends with them, as does its event loop, which others must not meet."""
    executable = find_chromium()
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield Screens(browser)
        browser.close()


@pytest.fixture
def site(app: Colophon) -> Iterator[Site]:
    """The blog, served."""
    with Site(app) as served:
        yield served


@pytest.fixture
def visit(screens: Screens, site: Site) -> Iterator[Visit]:
    """`visit()` is somebody with a browser of their own; options such as `java_script_enabled=False` are Playwright's.

    Whatever the console, the server or the content security policy complains about fails the test at its end.
    """
    with ExitStack() as stack:
        visitors: list[Visitor] = []

        def open_visitor(**options: Any) -> Visitor:
            visitors.append(stack.enter_context(screens.borrowed(site.url, options)))
            return visitors[-1]

        yield open_visitor
        for visitor in visitors:
            visitor.check_no_trouble()


@pytest.fixture
def ada(make: Make) -> User:
    """An author."""
    return make.user("ada", role="author")


@pytest.fixture
def shared(make: Make, ada: User) -> Post:
    """Her draft of three paragraphs."""
    return make.post(ada, title="Shared", body=BODY, published=False)


@pytest.fixture
def writer(ada: User, visit: Visit) -> Visitor:
    """Her browser."""
    visitor = visit()
    visitor.sign_in("ada")
    return visitor


@pytest.fixture
def paper(writer: Visitor) -> Iterator[Visitor]:
    """A signed-in author with a few words in the editor, the cursor between them."""
    open_paper(writer)
    yield writer
    # The page goes on to the next story.
    writer.page.unroute_all()
