"""A writer adds images while writing: dropped, pasted or chosen."""

import pytest
from playwright.sync_api import expect

from tests.browser.handing_over import PRESS, TYPE, hand_over, references, set_cursor, text
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.reading import Read
from web.media.cards import picture_of
from web.models.media import Media
from web.models.post import Post

pytestmark = on_sqlite


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_images_stand_where_the_cursor_was(paper: Visitor, read: Read, kind: str) -> None:
    assert not hand_over(paper, kind, PRESS, TYPE)
    expect(paper.page.locator("#uploads label")).to_have_count(2)
    press, letters = references(read, ["press.png", "type [old].png"])
    expect(text(paper)).to_have_value(f"Before.\n\n{press}\n\n{letters}\n\nAfter.")
    expect(text(paper)).to_be_focused()
    assert not any(media.is_kept for media in read.all(Media))


def test_behind_a_line_images_are_paragraphs_and_within_one_they_are_not(paper: Visitor, read: Read) -> None:
    set_cursor(paper, 7)
    hand_over(paper, "drop", PRESS)
    expect(paper.page.locator("#uploads label")).to_have_count(1)
    set_cursor(paper, 3)
    hand_over(paper, "drop", TYPE)
    expect(paper.page.locator("#uploads label")).to_have_count(2)
    press, letters = references(read, ["press.png", "type [old].png"])
    expect(text(paper)).to_have_value(f"Bef{letters}ore.\n\n{press}\n\n\n\nAfter.")


def test_chosen_images_are_uploaded_too(paper: Visitor, read: Read) -> None:
    with paper.page.expect_file_chooser() as chooser:
        paper.button("Image").click()
    chooser.value.set_files([{"name": "press.png", "mimeType": "image/png", "buffer": PRESS[1]}])
    expect(paper.page.get_by_label("What does “press.png” show?")).to_be_visible()
    expect(text(paper)).to_have_value(f"Before.\n\n{references(read, ['press.png'])[0]}\n\nAfter.")


def test_a_description_gets_into_the_text_and_to_the_image(paper: Visitor, read: Read) -> None:
    hand_over(paper, "drop", PRESS)
    with paper.page.expect_response(lambda response: response.request.method == "POST" and "/media/" in response.url):
        paper.page.get_by_label("What does “press.png” show?").fill("An [old] ~~press~~")
        paper.button("Describe").click()
    (media,) = read.all(Media)
    assert media.alt == "An [old] ~~press~~"
    expect(text(paper)).to_have_value(
        f"Before.\n\n![An \\[old\\] \\~\\~press\\~\\~]({picture_of(media.name).url})\n\nAfter."
    )
    expect(text(paper)).to_be_focused()
    paper.button("Preview").click()
    expect(paper.page.locator("#preview img")).to_have_attribute("alt", "An [old] ~~press~~")
    expect(paper.page.locator("#preview img")).to_have_attribute("width", "900")
    paper.button("Save draft").click()
    expect(paper.page.locator(".editor-state")).to_contain_text("Draft")
    assert media.name in read.all(Post)[0].body


def test_a_file_that_misses_the_text_does_not_take_the_place_of_the_page(paper: Visitor) -> None:
    over = """(element, kind) => {
      const dataTransfer = new DataTransfer();
      if (kind === "file") dataTransfer.items.add(new File(["x"], "press.png"));
      else dataTransfer.setData("text/plain", "words");
      return element.dispatchEvent(new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer}));
    }"""
    for place in ("#title", "h1", "#body"):
        assert not paper.page.locator(place).evaluate(over, "file"), "the browser opens the file"
        assert paper.page.locator(place).evaluate(over, "words"), "words cannot be moved"


def test_writing_goes_on_while_it_uploads(paper: Visitor, read: Read) -> None:
    held = paper.hold("**/media")
    hand_over(paper, "drop", PRESS)
    expect(text(paper)).to_have_value("Before.\n\n![Uploading press.png…]()\n\nAfter.")
    expect(paper.page.get_by_role("progressbar", name="Uploading press.png")).to_be_visible()
    paper.page.keyboard.type(" More.")
    set_cursor(paper, 0)
    paper.page.keyboard.type("First. ")
    paper.let_go(held)
    expect(paper.page.locator("#uploads label")).to_be_visible()
    (reference,) = references(read, ["press.png"])
    expect(text(paper)).to_have_value(f"First. Before.\n\n{reference} More.\n\nAfter.")
    paper.page.keyboard.type("Still here. ")
    expect(text(paper)).to_have_value(f"First. Still here. Before.\n\n{reference} More.\n\nAfter.")


def test_undoing_is_possible(paper: Visitor, read: Read) -> None:
    paper.page.keyboard.type("Typed.")
    hand_over(paper, "drop", PRESS)
    expect(paper.page.locator("#uploads label")).to_be_visible()
    for _ in range(3):
        paper.page.keyboard.press("Control+z")
    expect(text(paper)).to_have_value("Before.\n\n\n\nAfter.")


def test_a_description_can_be_undone_and_its_enter_begins_no_line(paper: Visitor, read: Read) -> None:
    paper.page.keyboard.type("Typed.")
    hand_over(paper, "drop", PRESS)
    paper.page.get_by_label("What does “press.png” show?").fill("A press")
    paper.page.keyboard.press("Enter")
    (reference,) = references(read, ["press.png"])
    described = reference.replace("![]", "![A press]")
    expect(text(paper)).to_have_value(f"Before.\n\nTyped.\n\n{described}\n\nAfter.")
    expect(text(paper)).to_be_focused()
    paper.page.keyboard.press("Control+z")
    expect(text(paper)).to_have_value(f"Before.\n\nTyped.\n\n{reference}\n\nAfter.")
    paper.page.keyboard.press("Control+y")
    expect(text(paper)).to_have_value(f"Before.\n\nTyped.\n\n{described}\n\nAfter.")


def test_the_editor_hears_of_each_change(paper: Visitor) -> None:
    """What saves by itself listens to `input`."""
    text(paper).evaluate("body => body.addEventListener('input', () => document.body.dataset.heard = body.value)")
    hand_over(paper, "drop", PRESS)
    expect(paper.page.locator("#uploads label")).to_be_visible()
    assert paper.page.evaluate("document.body.dataset.heard") == text(paper).input_value()
    paper.page.get_by_label("What does “press.png” show?").fill("A press")
    paper.page.keyboard.press("Enter")
    expect(paper.page.locator("#uploads label")).to_have_count(0)
    assert paper.page.evaluate("document.body.dataset.heard") == text(paper).input_value()


def test_words_and_saves_are_left_alone(paper: Visitor) -> None:
    assert hand_over(paper, "paste", PRESS, words="A table")
    expect(paper.page.locator("#uploads li")).to_have_count(0)
    hand_over(paper, "drop", PRESS)
    expect(paper.page.locator("#uploads label")).to_be_visible()
    paper.button("Save draft").click()
    expect(paper.page.locator(".editor-state")).to_contain_text("Draft")
    expect(paper.page.locator("#uploads label")).to_be_visible()
