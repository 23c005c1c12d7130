"""Words that one typed in an editor, seen from a browser."""

from typing import Any

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor
from tests.support.reading import Read
from web.models.post_revision import PostRevision

BODY = "First paragraph.\n\nSecond paragraph.\n\nThird paragraph."
PUT = "(body, text) => { body.value = text; body.dispatchEvent(new InputEvent('input', {bubbles: true})); }"

# All that a browser would find again if it was killed now. Read in a page that need not have our script.
KEPT = """async () => {
  const here = Object.keys(localStorage).filter((name) => name.startsWith("colophon-words "));
  const copies = here.map((name) => JSON.parse(localStorage.getItem(name)));
  if (!(await indexedDB.databases()).some(({name}) => name === "colophon")) return copies;
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await wait(indexedDB.open("colophon"));
  const kept = await wait(database.transaction("words").objectStore("words").getAll());
  database.close();
  return [...kept, ...copies];
}"""


def body(visitor: Visitor) -> Locator:
    """The text."""
    return visitor.page.get_by_label("Body")


def saved(visitor: Visitor) -> Locator:
    """The quiet line that says what became of it."""
    return visitor.page.locator("#editor-saved")


def kept(visitor: Visitor) -> list[dict[str, Any]]:
    """The entries of the journal in this browser: what is in IndexedDB, then what is in localStorage."""
    entries: list[dict[str, Any]] = visitor.page.evaluate(KEPT)
    return entries


def journalled(visitor: Visitor) -> str:
    """The text of the first entry."""
    return next((str(entry["words"]["body"]) for entry in kept(visitor)), "")


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
