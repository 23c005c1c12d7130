"""The toolbar above the body writes Markdown, for the mouse and for the keyboard, and what it wrote can be undone."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.html.counted_words import COUNTED_WORDS
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.html.filters import reading_time
from web.html.markdown import render_post
from web.models.post import Post

pytestmark = on_sqlite

PASTE = """(body, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  return body.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData}));
}"""

# Quicker than typing where a text is long.
PUT = "(body, text) => { body.value = text; body.dispatchEvent(new InputEvent('input', {bubbles: true})); }"


@pytest.fixture
def writer(make: Make, visit: Visit) -> Visitor:
    """A signed-in author before an empty editor."""
    make.user("ada", role="author")
    visitor = visit()
    visitor.sign_in("ada")
    visitor.open("/write/new")
    return visitor


def body(writer: Visitor) -> Locator:
    return writer.page.locator("#body")


def write(writer: Visitor, marked: str) -> None:
    """Type a text and select what stands between two bars, or put the cursor at the one."""
    start, end = marked.find("|"), marked.rfind("|") - (marked.count("|") - 1)
    body(writer).fill(marked.replace("|", ""))
    body(writer).evaluate("(body, [start, end]) => body.setSelectionRange(start, end)", [start, end])


def marked(writer: Visitor) -> str:
    """The text with bars where the selection begins and ends."""
    text, start, end = body(writer).evaluate("body => [body.value, body.selectionStart, body.selectionEnd]")
    return text[:start] + "|" + (text[start:end] + "|" if start < end else "") + text[end:]


CASES = [
    ("Bold", "Some |words| here", "Some **|words|** here", "Some |words| here"),
    ("Bold", "Some wo|rds here", "Some **wo|rds** here", "Some wo|rds here"),
    ("Bold", "|", "**|**", "|"),
    ("Bold", "|One.\n\nTwo.|", "|**One.**\n\n**Two.**|", "|One.\n\nTwo.|"),
    ("Italic", "**|words|**", "***|words|***", "**|words|**"),
    ("Italic", "| words|", " *|words|*", " |words|"),
    ("Code", "|x|", "`|x|`", "|x|"),
    ("Code", "|x\ny|", "|```\nx\ny\n```|", "|x\ny|"),
    ("Link", "A |place|", "A [place](|)", "A |place|"),
    ("Link", "![a](/b) [|place|](/x)", "![a](/b) |place|", "![a](/b) [place](|)"),
    ("Link", "|https://a.example/|", "[|](https://a.example/)", "|https://a.example/|"),
    ("Quote", "|One.\n\nTwo.|", "|> One.\n>\n> Two.|", "|One.\n\nTwo.|"),
    ("List", "One\n|Two\nThree|\nFour", "One\n|- Two\n- Three|\nFour", "One\n|Two\nThree|\nFour"),
    ("Heading", "A he|ad", "## A he|ad", "### A he|ad"),
]


def test_a_second_press_takes_away_what_the_first_wrote(writer: Visitor) -> None:
    found = []
    for name, before, _, _ in CASES:
        write(writer, before)
        writer.button(name).click()
        once = marked(writer)
        writer.button(name).click()
        found.append((name, before, once, marked(writer)))
    assert found == CASES


def test_selected_marks_are_taken_away_and_the_end_of_marked_words_is_left(writer: Visitor) -> None:
    write(writer, "Some |**words**|.")
    writer.page.keyboard.press("Control+b")
    assert marked(writer) == "Some |words|."
    write(writer, "|")
    writer.page.keyboard.press("Control+i")
    writer.page.keyboard.type("Words")
    writer.page.keyboard.press("Control+i")
    writer.page.keyboard.type(" more")
    assert marked(writer) == "*Words* more|"


def test_shortcuts_write_the_same(writer: Visitor) -> None:
    for keys, after in [
        ("b", "**|x|**"),
        ("k", "[x](|)"),
        ("Shift+7", "|## x|"),
        ("Shift+8", "|- x|"),
        ("Shift+9", "|> x|"),
    ]:
        write(writer, "|x|")
        writer.page.keyboard.press(f"Control+{keys}")
        assert marked(writer) == after


def test_it_can_be_undone_and_is_saved(writer: Visitor, read: Read) -> None:
    writer.page.get_by_label("Title").fill("Paper")
    body(writer).focus()
    writer.page.keyboard.type("Words")
    writer.button("Bold").click()
    expect(body(writer)).to_have_value("**Words**")
    expect(writer.page.locator("#editor-saved")).to_contain_text("Saved")
    assert read.all(Post)[0].body == "**Words**"
    writer.page.keyboard.press("Control+z")
    expect(body(writer)).to_have_value("Words")
    writer.page.keyboard.press("Control+y")
    expect(body(writer)).to_have_value("**Words**")


def test_it_is_one_stop_of_the_keyboard_and_stays_over_a_save(writer: Visitor) -> None:
    write(writer, "|x|")
    writer.page.get_by_label("Title").fill("Paper")
    writer.page.keyboard.press("Tab")
    expect(writer.button("Bold")).to_be_focused()
    for key, name in [
        ("ArrowLeft", "Image"),
        ("ArrowRight", "Bold"),
        ("End", "Image"),
        ("Home", "Bold"),
        ("ArrowRight", "Italic"),
    ]:
        writer.page.keyboard.press(key)
        expect(writer.button(name)).to_be_focused()
    writer.page.keyboard.press("Tab")
    expect(body(writer)).to_be_focused()
    writer.page.keyboard.press("Tab")
    expect(writer.page.get_by_label("Tags")).to_be_focused()
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    writer.page.keyboard.press("Tab")
    expect(writer.page.get_by_role("toolbar", name="Formatting").get_by_role("button")).to_have_count(8)
    writer.button("Italic").press("Enter")
    assert marked(writer) == "*|x|*"


def test_an_address_pasted_over_words_makes_a_link_of_them(writer: Visitor) -> None:
    write(writer, "A |place| here")
    assert not body(writer).evaluate(PASTE, " https://a.example/b_(c) ")
    assert marked(writer) == "A [place](<https://a.example/b_(c)>)| here"
    for before, after in [
        ("A |pla]ce|", "A [pla\\]ce](https://a.example/)|"),
        ("A |[pla]ce|", "A [[pla]ce](https://a.example/)|"),
        ("A |pla\\[ce|", "A [pla\\[ce](https://a.example/)|"),
    ]:
        write(writer, before)
        assert not body(writer).evaluate(PASTE, "https://a.example/")
        assert marked(writer) == after
    for before, pasted in [
        ("[A place](|/about|)", "https://a.example/"),
        ("A |place|", "no address"),
        ("A |", "https://a.example/"),
        ("|https://b.example|", "https://a.example"),
    ]:
        write(writer, before)
        assert body(writer).evaluate(PASTE, pasted), "the browser goes on by itself"


COUNTED = """## A head

*Words*, [a link](https://a.example/b/c) – and/or ![an image](/media/1.webp). 中文字

"""


@pytest.mark.parametrize("times", [1, 500])
def test_words_are_counted_as_readers_see_them(writer: Visitor, times: int) -> None:
    body(writer).evaluate(PUT, COUNTED * times)
    rendered = render_post(COUNTED * times)
    count = writer.page.locator("#editor-count")
    expect(count).to_have_text(f"{rendered.word_count:,} words · {reading_time(rendered.word_count)}")
    expect(count).not_to_have_attribute("aria-live", "polite")
    body(writer).evaluate(PUT, "")
    expect(count).to_be_empty()


def test_the_browser_counts_what_the_blog_counts(writer: Visitor) -> None:
    count = writer.page.locator("#editor-count")
    for number, (text, expected) in enumerate(COUNTED_WORDS, 1):
        # No two have the same number, so that what is read is of this text.
        total = expected + 100 * number
        body(writer).evaluate(PUT, text + "\n\n" + "end " * 100 * number)
        expect(count, text).to_have_text(f"{total:,} words · {reading_time(total)}")


def test_it_opens_the_choice_of_images(writer: Visitor) -> None:
    with writer.page.expect_file_chooser():
        writer.button("Image").click()


def test_without_javascript_there_is_none(make: Make, visit: Visit) -> None:
    make.user("ada", role="author")
    visitor = visit(java_script_enabled=False)
    visitor.sign_in("ada")
    visitor.open("/write/new")
    expect(visitor.page.locator("#editor-toolbar")).to_be_empty()
    expect(visitor.page.locator("#body")).to_be_editable()
