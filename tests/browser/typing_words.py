"""Words that one typed in an editor, seen from a browser."""

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor
from tests.support.reading import Read
from web.models.post_revision import PostRevision

BODY = "First paragraph.\n\nSecond paragraph.\n\nThird paragraph."
PUT = "(body, text) => { body.value = text; body.dispatchEvent(new InputEvent('input', {bubbles: true})); }"


def body(visitor: Visitor) -> Locator:
    """The text."""
    return visitor.page.get_by_label("Body")


def saved(visitor: Visitor) -> Locator:
    """The quiet line that says what became of it."""
    return visitor.page.locator("#editor-saved")


def type_at_end(visitor: Visitor, words: str) -> None:
    """Go to the end of the text and type."""
    body(visitor).focus()
    visitor.page.keyboard.press("Control+End")
    visitor.page.keyboard.type(words)


def type_at_beginning(visitor: Visitor, words: str) -> None:
    """Go to the beginning of the text and type."""
    body(visitor).press("Control+Home")
    visitor.page.keyboard.type(words)


def put(visitor: Visitor, text: str) -> None:
    """Replace the text at once, as pasting does: typing a long one would take minutes."""
    body(visitor).evaluate(PUT, text)


def newest(read: Read) -> str:
    """The text of the newest revision."""
    return read.all(PostRevision)[-1].body
