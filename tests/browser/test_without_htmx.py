"""Our own scripts came, htmx did not: a network that drops files. Forms are sent as without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.typing_words import BODY, journalled, newest, type_at_end
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.reading import Read
from web.models.post import Post

pytestmark = on_sqlite
HTMX = "**/vendor/htmx*"


@pytest.fixture
def asked() -> list[str]:
    """The questions of the browser."""
    return []


@pytest.fixture
def lame(writer: Visitor, asked: list[str]) -> Iterator[Visitor]:
    """A writer whose network lets the file of htmx fail."""
    writer.page.route(HTMX, lambda route: route.abort())
    writer.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    yield writer
    writer.page.unroute_all()
    # All else that is said on the console fails the story.
    assert {trouble for trouble in writer.troubles if "ERR_FAILED" not in trouble} == set()
    writer.troubles.clear()


def wait_for_scripts(writer: Visitor) -> None:
    expect(writer.page.locator("#editor-toolbar button").first).to_be_visible()


def preview(writer: Visitor, post: Post, words: str) -> None:
    writer.open(f"/write/{post.id}")
    type_at_end(writer, words)
    writer.button("Preview").click()
    expect(writer.page.locator("#preview-text")).to_contain_text(words.strip())
    wait_for_scripts(writer)


def test_words_of_a_plain_preview_are_unsaved(lame: Visitor, shared: Post, asked: list[str], read: Read) -> None:
    preview(lame, shared, " Previewed.")
    assert journalled(lame) == BODY + " Previewed."
    lame.open("/write")
    assert asked == ["beforeunload"]
    lame.open(f"/write/{shared.id}")
    lame.button("Put them into the editor").click(timeout=10_000)
    lame.button("Save draft").click()
    expect(lame.page.locator(".flashes")).to_contain_text("Draft saved")
    assert newest(read) == BODY + " Previewed."


def test_words_that_were_refused_are_unsaved(lame: Visitor, shared: Post, asked: list[str]) -> None:
    lame.open(f"/write/{shared.id}")
    lame.page.get_by_label("Title").fill("")
    type_at_end(lame, " Refused.")
    lame.button("Save draft").click()
    expect(lame.page.locator(".field-error").first).to_be_visible()
    wait_for_scripts(lame)
    assert journalled(lame) == BODY + " Refused."
    lame.page.get_by_role("link", name="History").click()
    assert asked == ["beforeunload"]


def test_a_preview_of_what_is_stored_asks_nothing(lame: Visitor, shared: Post, asked: list[str]) -> None:
    preview(lame, shared, "")
    lame.open("/write/new")
    lame.button("Preview").click()
    lame.page.wait_for_url("**/write/preview")
    lame.open("/write")
    assert asked == []
    assert journalled(lame) == ""


def test_what_was_sent_is_offered_to_nobody_once_more(lame: Visitor, shared: Post) -> None:
    preview(lame, shared, " Previewed.")
    lame.page.wait_for_timeout(4000)
    type_at_end(lame, " And on.")
    expect(lame.page.locator("#editor-rescue")).to_be_hidden()
    lame.button("Save draft").click()
    expect(lame.page.locator(".flashes")).to_contain_text("Draft saved")
    lame.page.wait_for_timeout(4000)
    expect(lame.page.locator("#editor-rescue")).to_be_hidden()
    assert journalled(lame) == ""


def test_a_preview_while_htmx_is_still_on_its_way_is_saved_by_itself(
    writer: Visitor, visit: Visit, shared: Post, read: Read
) -> None:
    writer.page.route(HTMX, lambda route: route.abort())
    preview(writer, shared, " Previewed.")
    writer.page.unroute_all()
    writer.button("Preview").click()
    expect(writer.page.locator("#editor-saved")).to_contain_text("Saved")
    assert newest(read) == BODY + " Previewed."
    expect(writer.page.locator("#editor[data-unsaved]")).to_have_count(1)
    writer.button("Save draft").click()
    expect(writer.page.locator("#editor-note")).to_contain_text("Draft saved")
    expect(writer.page.locator("#editor[data-unsaved]")).to_have_count(0)
    writer.troubles.clear()
