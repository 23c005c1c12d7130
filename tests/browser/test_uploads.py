"""A writer adds images while writing: dropped, pasted or chosen, and no word is touched when one fails."""

from base64 import b64encode
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.media.samples import SVG, picture, saved
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.media.cards import picture_of
from web.models.media import Media
from web.models.post import Post

pytestmark = on_sqlite

PRESS = ("press.png", saved(picture(900, 600)))
TYPE = ("type [old].png", saved(picture(60, 30)))
EVIL = ("evil.png", SVG)
# A browser lets nobody make a real drop or paste of files: the same events, with the same files in them.
HAND_OVER = """(body, {kind, files, text}) => {
  const transfer = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, {type: "image/png"}));
  }
  if (text) transfer.setData("text/plain", text);
  const options = {bubbles: true, cancelable: true};
  const event = kind === "paste"
    ? new ClipboardEvent("paste", {...options, clipboardData: transfer})
    : new DragEvent("drop", {...options, dataTransfer: transfer});
  return body.dispatchEvent(event);
}"""


@pytest.fixture
def writer(make: Make, visit: Visit) -> Iterator[Visitor]:
    """A signed-in author with a few words in the editor, the cursor between them."""
    make.user("ada", role="author")
    visitor = visit()
    visitor.sign_in("ada")
    visitor.open("/write/new")
    visitor.page.get_by_label("Title").fill("Paper")
    visitor.page.get_by_label("Body").fill("Before.\n\n\n\nAfter.")
    set_cursor(visitor, 9)
    yield visitor
    # The page goes on to the next story.
    visitor.page.unroute_all()


def text(writer: Visitor) -> Locator:
    return writer.page.locator("#body")


def set_cursor(writer: Visitor, place: int) -> None:
    text(writer).evaluate("(body, place) => { body.focus(); body.setSelectionRange(place, place); }", place)


def hand_over(writer: Visitor, kind: str, *files: tuple[str, bytes], words: str = "") -> bool:
    """Drop or paste files into the text; whether the browser goes on by itself."""
    encoded = [(name, b64encode(content).decode()) for name, content in files]
    return bool(text(writer).evaluate(HAND_OVER, {"kind": kind, "files": encoded, "text": words}))


def references(read: Read, names: Sequence[str]) -> list[str]:
    """How the text refers to the images with these names."""
    by_name = {media.file_name: picture_of(media.name).url for media in read.all(Media)}
    return [f"![]({by_name[name]})" for name in names]


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_images_stand_where_the_cursor_was(writer: Visitor, read: Read, kind: str) -> None:
    assert not hand_over(writer, kind, PRESS, TYPE)
    expect(writer.page.locator("#uploads label")).to_have_count(2)
    press, letters = references(read, ["press.png", "type [old].png"])
    expect(text(writer)).to_have_value(f"Before.\n\n{press}\n\n{letters}\n\nAfter.")
    expect(text(writer)).to_be_focused()
    assert not any(media.is_kept for media in read.all(Media))


def test_behind_a_line_images_are_paragraphs_and_within_one_they_are_not(writer: Visitor, read: Read) -> None:
    set_cursor(writer, 7)
    hand_over(writer, "drop", PRESS)
    expect(writer.page.locator("#uploads label")).to_have_count(1)
    set_cursor(writer, 3)
    hand_over(writer, "drop", TYPE)
    expect(writer.page.locator("#uploads label")).to_have_count(2)
    press, letters = references(read, ["press.png", "type [old].png"])
    expect(text(writer)).to_have_value(f"Bef{letters}ore.\n\n{press}\n\n\n\nAfter.")


def test_chosen_images_are_uploaded_too(writer: Visitor, read: Read) -> None:
    with writer.page.expect_file_chooser() as chooser:
        writer.button("Add images").click()
    chooser.value.set_files([{"name": "press.png", "mimeType": "image/png", "buffer": PRESS[1]}])
    expect(writer.page.get_by_label("What does “press.png” show?")).to_be_visible()
    expect(text(writer)).to_have_value(f"Before.\n\n{references(read, ['press.png'])[0]}\n\nAfter.")


def test_a_description_gets_into_the_text_and_to_the_image(writer: Visitor, read: Read) -> None:
    hand_over(writer, "drop", PRESS)
    with writer.page.expect_response(lambda response: response.request.method == "POST" and "/media/" in response.url):
        writer.page.get_by_label("What does “press.png” show?").fill("An [old] ~~press~~")
        writer.button("Describe").click()
    (media,) = read.all(Media)
    assert media.alt == "An [old] ~~press~~"
    expect(text(writer)).to_have_value(f"Before.\n\n![An \\[old\\] \\~\\~press\\~\\~]({picture_of(media.name).url})\n\nAfter.")
    expect(text(writer)).to_be_focused()
    writer.button("Preview").click()
    expect(writer.page.locator("#preview img")).to_have_attribute("alt", "An [old] ~~press~~")
    expect(writer.page.locator("#preview img")).to_have_attribute("width", "900")
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    assert media.name in read.all(Post)[0].body


def test_a_refused_file_leaves_the_text_alone_and_says_why(writer: Visitor, read: Read) -> None:
    set_cursor(writer, 7)
    hand_over(writer, "paste", EVIL)
    expect(writer.page.locator("#editor-note")).to_contain_text("“evil.png” was not uploaded. SVG and other XML files")
    expect(text(writer)).to_have_value("Before.\n\n\n\nAfter.")
    expect(writer.page.locator("#uploads li")).to_have_count(0)
    assert read.all(Media) == []


@pytest.mark.parametrize(
    ("status", "words"), [(None, "could not be reached"), (413, "larger than"), (500, "on our side")]
)
def test_a_failure_on_the_way_leaves_the_text_alone(writer: Visitor, status: int | None, words: str) -> None:
    def answer(route: Route) -> None:
        route.abort() if status is None else route.fulfill(status=status, body="<h1>No</h1>")

    writer.page.route("**/media", answer)
    hand_over(writer, "drop", PRESS)
    expect(writer.page.locator("#editor-note")).to_contain_text(words)
    expect(text(writer)).to_have_value("Before.\n\n\n\nAfter.")
    writer.troubles.clear()


def test_ending_the_session_is_said(writer: Visitor) -> None:
    writer.context.clear_cookies()
    hand_over(writer, "drop", PRESS)
    expect(writer.page.locator("#editor-note")).to_contain_text("You have been signed out")
    expect(text(writer)).to_have_value("Before.\n\n\n\nAfter.")


def test_writing_goes_on_while_it_uploads(writer: Visitor, read: Read) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    writer.page.route("**/media", hold)
    hand_over(writer, "drop", PRESS)
    expect(text(writer)).to_have_value("Before.\n\n![Uploading press.png…]()\n\nAfter.")
    expect(writer.page.get_by_role("progressbar", name="Uploading press.png")).to_be_visible()
    writer.page.keyboard.type(" More.")
    set_cursor(writer, 0)
    writer.page.keyboard.type("First. ")
    held[0].continue_()
    expect(writer.page.locator("#uploads label")).to_be_visible()
    (reference,) = references(read, ["press.png"])
    expect(text(writer)).to_have_value(f"First. Before.\n\n{reference} More.\n\nAfter.")
    writer.page.keyboard.type("Still here. ")
    expect(text(writer)).to_have_value(f"First. Still here. Before.\n\n{reference} More.\n\nAfter.")


def test_readers_see_no_placeholder(writer: Visitor, read: Read) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    writer.page.route("**/media", hold)
    hand_over(writer, "drop", PRESS)
    expect(text(writer)).to_have_value("Before.\n\n![Uploading press.png…]()\n\nAfter.")
    writer.button("Publish").click()
    expect(writer.page.locator("#editor-note")).to_contain_text("Images are still being uploaded.")
    held[0].continue_()
    expect(writer.page.locator("#uploads label")).to_be_visible()
    writer.button("Publish").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Published")
    (post,) = read.all(Post)
    assert post.body == text(writer).input_value()
    assert "Uploading" not in post.body_html


def test_a_placeholder_that_nobody_works_on_is_pointed_out(writer: Visitor) -> None:
    text(writer).fill("Before. ![Uploading press.png…]() After.")
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    writer.page.reload()
    expect(writer.page.locator("#editor-note")).to_contain_text("“Uploading press.png…” stands in the text")
    expect(text(writer)).to_have_value("Before. ![Uploading press.png…]() After.")


def test_undoing_is_possible(writer: Visitor, read: Read) -> None:
    writer.page.keyboard.type("Typed.")
    hand_over(writer, "drop", PRESS)
    expect(writer.page.locator("#uploads label")).to_be_visible()
    for _ in range(3):
        writer.page.keyboard.press("Control+z")
    expect(text(writer)).to_have_value("Before.\n\n\n\nAfter.")


def test_the_editor_hears_of_each_change(writer: Visitor) -> None:
    """What saves by itself listens to `input`."""
    text(writer).evaluate("body => body.addEventListener('input', () => document.body.dataset.heard = body.value)")
    hand_over(writer, "drop", PRESS)
    expect(writer.page.locator("#uploads label")).to_be_visible()
    assert writer.page.evaluate("document.body.dataset.heard") == text(writer).input_value()
    writer.page.get_by_label("What does “press.png” show?").fill("A press")
    writer.page.keyboard.press("Enter")
    expect(writer.page.locator("#uploads label")).to_have_count(0)
    assert writer.page.evaluate("document.body.dataset.heard") == text(writer).input_value()


def test_it_can_be_cancelled(writer: Visitor, read: Read) -> None:
    writer.page.route("**/media", lambda route: None)
    hand_over(writer, "drop", *[(f"{number}.png", PRESS[1]) for number in range(5)])
    expect(writer.page.locator("#uploads li")).to_have_count(5)
    for number in (4, 0, 3, 1, 2):
        writer.button(f"Cancel {number}.png").click()
    expect(writer.page.locator("#uploads li")).to_have_count(0)
    assert text(writer).input_value().strip("\n").split() == ["Before.", "After."]
    assert read.all(Media) == []


def test_words_and_saves_are_left_alone(writer: Visitor) -> None:
    assert hand_over(writer, "paste", PRESS, words="A table")
    expect(writer.page.locator("#uploads li")).to_have_count(0)
    hand_over(writer, "drop", PRESS)
    expect(writer.page.locator("#uploads label")).to_be_visible()
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    expect(writer.page.locator("#uploads label")).to_be_visible()
