"""The network, the server and the browser fail while somebody writes: at most a moment of typing is at stake."""

import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screens
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from tests.support.server import Server
from web.models.post_revision import PostRevision
from web.settings import Settings


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """The real server, which can be killed."""
    with Server(settings) as running:
        yield running


@on_sqlite
def test_a_server_that_is_killed_and_started_again_gets_every_word(
    server: Server, screens: Screens, make: Make, read: Read
) -> None:
    make.post(make.user("ada", role="author"), title="Long", body="Before.", published=False)
    with screens.borrowed(server.url, {}) as writer:
        writer.sign_in("ada")
        writer.open("/write/1")
        body, saved = writer.page.get_by_label("Body"), writer.page.locator("#editor-saved")
        body.focus()
        writer.page.keyboard.press("Control+End")
        writer.page.keyboard.type(" Acknowledged.")
        expect(saved).to_contain_text("Saved")
        server.stop(signal.SIGKILL)
        assert read.all(PostRevision)[-1].body == "Before. Acknowledged."
        writer.page.keyboard.type(" While it was down.")
        expect(saved).to_contain_text("kept in this browser")
        server.start()
        expect(saved).to_contain_text("Saved", timeout=40_000)
        assert read.all(PostRevision)[-1].body == "Before. Acknowledged. While it was down."
        assert urlsplit(writer.page.url).path == "/write/1"


@on_sqlite
def test_going_back_after_a_save_overwrites_nothing(server: Server, screens: Screens, make: Make, read: Read) -> None:
    make.post(make.user("ada", role="author"), title="Long", body="One.\n\nTwo.", published=False)
    with screens.borrowed(server.url, {"java_script_enabled": False}) as writer:
        writer.sign_in("ada")
        writer.open("/write/1")
        change(writer, "One!\n\nTwo.")
        writer.page.go_back()
        change(writer, "One.\n\nTwo!")
        assert read.all(PostRevision)[-1].body == "One.\n\nTwo!"
        assert "One!\n\nTwo." in [revision.body for revision in read.all(PostRevision)]


@on_sqlite
def test_two_writers_without_javascript_bring_their_words_together(
    server: Server, screens: Screens, make: Make, read: Read
) -> None:
    make.post(make.user("ada", role="author"), title="Long", body="One.\n\nTwo.", published=False)
    options = {"java_script_enabled": False}
    with screens.borrowed(server.url, options) as here, screens.borrowed(server.url, options) as there:
        for writer in (here, there):
            writer.sign_in("ada")
            writer.open("/write/1")
        change(there, "One.\n\nTwo, there.")
        change(here, "One.\n\nTwo, here.")
        expect(here.page.get_by_role("heading", level=1)).to_have_text("Bring two versions together")
        here.page.get_by_label("Use the words below").check()
        here.page.get_by_label("Other words").fill("Two, here and there.")
        here.button("Save the decision").click()
        expect(here.page.get_by_label("Body")).to_have_value("One.\n\nTwo, here and there.")
    assert read.all(PostRevision)[-1].body == "One.\n\nTwo, here and there."


def change(writer: Visitor, text: str) -> None:
    writer.page.get_by_label("Body").fill(text)
    with writer.page.expect_navigation():
        writer.button("Save draft").click()
