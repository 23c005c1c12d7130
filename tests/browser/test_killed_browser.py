"""The browser is killed while somebody types without a pause, and opened again."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import psutil
import pytest
from playwright.sync_api import Error, Playwright, expect, sync_playwright

from tests.browser.conftest import FLAGS, PATIENCE_MILLISECONDS, find_chromium
from tests.browser.site import Site
from tests.browser.typing_words import body
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from web.models.post import Post

# Less than the ten seconds after which the blog itself would have the words.
TYPING_SECONDS = 9
LOST_SECONDS_AT_MOST = 3


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


def open_browser(playwright: Playwright, profile: Path, url: str) -> Visitor:
    """A browser with this profile, on a page of its own, signed in."""
    executable = find_chromium()
    context = playwright.chromium.launch_persistent_context(profile, executable_path=executable, args=FLAGS)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    visitor = Visitor(context.pages[0], url)
    visitor.sign_in("ada")
    return visitor


def kill(profile: Path) -> None:
    """Give all processes of the browser that has this profile no chance to write anything."""
    option = f"--user-data-dir={profile}"
    ours = [process for process in psutil.process_iter(["cmdline"]) if option in (process.info["cmdline"] or [])]
    assert ours
    family = {child for process in ours for child in process.children(recursive=True)} | set(ours)
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    _, alive = psutil.wait_procs(family, timeout=PATIENCE_MILLISECONDS / 1000)
    assert alive == []


def type_times(writer: Visitor) -> float:
    """Type without a pause; each word is the time at which it is typed. The last one is returned."""
    body(writer).focus()
    writer.page.keyboard.press("Control+End")
    begun = monotonic()
    while (now := monotonic() - begun) < TYPING_SECONDS:
        writer.page.keyboard.type(f" {now:.3f};")
        last = now
    return last


@on_sqlite
@pytest.mark.parametrize("offline", [False, True], ids=["with-network", "without"])
def test_a_browser_that_is_killed_loses_three_seconds_of_typing_at_most(
    playwright: Playwright, site: Site, shared: Post, tmp_path: Path, offline: bool
) -> None:
    writer = open_browser(playwright, tmp_path, site.url)
    writer.open(f"/write/{shared.id}")
    writer.context.set_offline(offline)
    last = type_times(writer)
    kill(tmp_path)
    with suppress(Error):
        writer.context.close()
    again = open_browser(playwright, tmp_path, site.url)
    again.open(f"/write/{shared.id}")
    expect(again.page.locator("#editor-rescue")).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    again.button("Put them into the editor").click()
    *_, newest = re.findall(r"([\d.]+);", body(again).input_value())
    assert last - float(newest) <= LOST_SECONDS_AT_MOST
    again.context.close()
