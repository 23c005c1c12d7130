"""A writer adds images: on their page, with and without JavaScript, and while writing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.media.samples import SVG, photograph, picture, saved
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.models.media import Media

PRESS = {"name": "press.png", "mimeType": "image/png", "buffer": saved(picture(900, 600))}
EVIL = {"name": "evil.png", "mimeType": "image/png", "buffer": SVG}


@pytest.fixture
def writer(make: Make, visit: Visit) -> Visitor:
    """A signed-in author on the page with all images."""
    make.user("ada", role="author")
    visitor = visit()
    visitor.sign_in("ada")
    visitor.open("/media")
    return visitor


def test_from_a_file_to_a_published_image(writer: Visitor, visit: Visit) -> None:
    writer.stay_on_this_page()
    writer.page.get_by_label("Images").set_input_files([PRESS])
    writer.page.get_by_label("Description").fill("An old press")
    writer.button("Upload").click()
    expect(writer.page.locator("#media-list img")).to_have_attribute("alt", "An old press")
    expect(writer.page.locator(".notice-success")).to_be_focused()
    expect(writer.page.locator("#announcement")).to_have_text("1 image is stored.")
    writer.check_same_page()
    writer.page.get_by_role("link", name="press.png").click()
    reference = writer.page.get_by_label("Markdown").input_value()
    writer.page.get_by_label("Description").fill("A *very* old press")
    writer.button("Save description").click()
    expect(writer.page.get_by_label("Markdown")).to_have_value(re.compile(r"^!\[A \\\*very\\\* old press\]"))
    writer.open("/write/new")
    writer.page.get_by_label("Title").fill("Paper")
    writer.page.get_by_label("Body").fill(reference)
    writer.button("Publish").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Published")
    reader = visit(viewport={"width": 390, "height": 800})
    reader.open("/posts/paper")
    image = reader.page.get_by_alt_text("An old press")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("e => e.naturalWidth > 0 && e.currentSrc").endswith("-400.webp")
    box = image.bounding_box()
    assert box is not None
    assert abs(box["width"] / box["height"] - 900 / 600) < 0.02


@on_sqlite
def test_its_page_shows_an_image_no_larger_than_it_is(writer: Visitor) -> None:
    writer.page.get_by_label("Images").set_input_files([{**PRESS, "buffer": saved(picture(500, 100))}])
    writer.button("Upload").click()
    writer.page.get_by_role("link", name="press.png").click()
    box = writer.page.locator(".media-whole").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (500, 100)


@on_sqlite
def test_what_is_refused_is_told_and_the_good_ones_stay(writer: Visitor, read: Read) -> None:
    writer.page.get_by_label("Images").set_input_files([PRESS, EVIL])
    writer.button("Upload").click()
    expect(writer.page.locator("#file-error")).to_contain_text("evil.png: SVG and other XML files can carry programs.")
    expect(writer.page.locator("#media-list a")).to_have_text(["press.png"])
    assert read.count(Media) == 1


@on_sqlite
def test_searching_while_typing(writer: Visitor) -> None:
    other = {**PRESS, "name": "type.png", "buffer": saved(picture(30, 30))}
    writer.page.get_by_label("Images").set_input_files([PRESS, other])
    writer.button("Upload").click()
    expect(writer.page.locator("#media-list a")).to_have_count(2)
    search = writer.page.get_by_label("Search")
    search.press_sequentially("typ")
    expect(writer.page.locator("#media-list a")).to_have_text(["type.png"])
    expect(search).to_be_focused()
    search.fill("nothing like it")
    expect(writer.page.locator(".media-none")).to_contain_text("No image has these words")
    writer.open("/write")
    writer.page.go_back()
    writer.check_whole_page()


@on_sqlite
def test_without_javascript(make: Make, visit: Visit, read: Read) -> None:
    make.user("ada", role="author")
    writer = visit(java_script_enabled=False)
    writer.sign_in("ada")
    writer.open("/write")
    writer.link("Images").click()
    writer.page.get_by_label("Images").set_input_files([{**PRESS, "buffer": photograph(80, 60)}])
    writer.button("Upload").click()
    expect(writer.page.locator(".flashes")).to_have_text("1 image is stored.")
    expect(writer.page.get_by_label("Markdown")).to_have_value(re.compile(r"^!\[\]\(/media/files/\w+-80x60\.jpg\)$"))
    writer.button("Delete").click()
    expect(writer.page.get_by_role("heading", level=1)).to_have_text("Delete this image?")
    writer.button("Delete").click()
    expect(writer.page.locator(".media-none")).to_be_visible()
    assert read.count(Media) == 0
