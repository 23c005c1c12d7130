"""The system's Chromium, and visitors of a blog that is really served."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.site import Site
from tests.browser.visitor import Visitor
from web.app import Colophon

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

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the stories of a file. It ends with them, and so does its event loop."""
    executable = os.environ.get("COLOPHON_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip(HOW)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def site(app: Colophon) -> Iterator[Site]:
    """The blog, served."""
    with Site(app) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """`visit()` is somebody with a browser of their own; options such as `java_script_enabled=False` are Playwright's.

    Whatever the console, the server or the content security policy complains about fails the test at its end.
    """
    visitors: list[Visitor] = []
    with ExitStack() as stack:

        def open_visitor(**options: Any) -> Visitor:
            context = browser.new_context(**options)
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE_MILLISECONDS)
            visitors.append(Visitor(context, site.url))
            return visitors[-1]

        yield open_visitor
        for visitor in visitors:
            visitor.check_no_trouble()
