"""The preview follows the text beside it, and takes its place on narrow screens."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.typing_words import put
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from web.models.user import User

pytestmark = on_sqlite

LONG = "\n\n".join(f"Paragraph {number} of a text." for number in range(120))
NARROW = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def ada(make: Make) -> User:
    return make.user("ada", role="author")


def open_editor(visitor: Visitor, text: str) -> None:
    visitor.sign_in("ada")
    visitor.open("/write/new")
    visitor.page.get_by_label("Title").fill("Paper")
    put(visitor, text)


def preview(visitor: Visitor) -> Locator:
    return visitor.page.locator("#preview .prose")


def test_it_follows_beside_the_text_and_stays_where_it_was_scrolled(ada: User, visit: Visit) -> None:
    writer = visit()
    open_editor(writer, LONG)
    writer.button("Preview").click()
    expect(preview(writer)).to_contain_text("Paragraph 119")
    section = writer.page.locator("#preview")
    section.evaluate("section => { section.scrollTop = 700; }")
    writer.page.locator("#body").focus()
    writer.page.keyboard.press("Control+End")
    writer.page.keyboard.type(" And *more*.")
    expect(preview(writer).locator("em")).to_have_text("more")
    assert section.evaluate("section => section.scrollTop") == 700
    expect(writer.page.locator("#body")).to_be_focused()
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    expect(preview(writer).locator("em")).to_have_text("more")
    writer.button("Close preview").click()
    expect(section).to_be_hidden()
    expect(writer.button("Preview")).to_be_focused()


def test_never_two_at_once_and_not_after_closing(ada: User, visit: Visit) -> None:
    writer = visit()
    open_editor(writer, "One.")
    writer.button("Preview").click()
    expect(preview(writer)).to_have_text("One.")
    sent: list[str] = []
    writer.page.on("request", lambda request: sent.append(request.url) if "/write/preview" in request.url else None)
    held = writer.hold("**/write/preview")
    writer.page.locator("#body").fill("Two.")
    writer.page.wait_for_timeout(1300)
    writer.page.locator("#body").fill("Three.")
    assert len(sent) == 1
    writer.let_go(held)
    expect(preview(writer)).to_have_text("Two.")
    writer.let_go(held)
    expect(preview(writer)).to_have_text("Three.")
    writer.page.unroute_all()
    assert len(sent) == 2
    writer.button("Close preview").click()
    writer.page.locator("#body").fill("Four.")
    writer.page.wait_for_timeout(1300)
    assert len(sent) == 2


def test_a_long_text_is_previewed_when_the_button_is_pressed(ada: User, visit: Visit) -> None:
    writer = visit()
    open_editor(writer, "Short.")
    writer.button("Preview").click()
    expect(preview(writer)).to_have_text("Short.")
    put(writer, "Long. " * 20_000)
    expect(writer.page.get_by_text("Too long to follow")).to_be_visible()
    expect(preview(writer)).to_have_text("Short.")
    writer.button("Preview").click()
    expect(preview(writer)).to_contain_text("Long. Long.")


def test_on_a_narrow_screen_it_is_a_tab(ada: User, visit: Visit) -> None:
    writer = visit(**NARROW)
    open_editor(writer, "Some *words*.")
    text = writer.page.locator("#body")
    expect(writer.page.get_by_role("tabpanel", name="Write")).to_be_visible()
    writer.page.get_by_role("tab", name="Write").focus()
    writer.page.keyboard.press("ArrowRight")
    expect(writer.page.get_by_role("tab", name="Preview", selected=True)).to_be_focused()
    expect(writer.page.get_by_role("tabpanel", name="Preview")).to_be_visible()
    expect(preview(writer)).to_have_text("Some words.")
    expect(text).to_be_hidden()
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    expect(writer.page.get_by_role("tabpanel", name="Preview")).to_be_visible()
    writer.page.get_by_role("tab", name="Write").click()
    expect(text).to_be_visible()
    expect(writer.page.locator("#preview")).to_be_hidden()
    text.fill("Other words.")
    writer.button("Preview").click()
    expect(preview(writer)).to_have_text("Other words.")


def test_on_a_narrow_screen_the_button_brings_its_preview_into_sight(ada: User, visit: Visit) -> None:
    writer = visit(**NARROW)
    open_editor(writer, LONG)
    writer.button("Preview").click()
    expect(preview(writer)).to_contain_text("Paragraph 119")
    expect(writer.page.get_by_role("tab", name="Preview")).to_be_in_viewport()
    expect(preview(writer).get_by_text("Paragraph 0 ")).to_be_in_viewport()
