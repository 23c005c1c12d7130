"""Images handed to an editor in a browser, as somebody drops or pastes them."""

from base64 import b64encode
from collections.abc import Sequence

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor
from tests.media.samples import SVG, picture, saved
from tests.support.reading import Read
from web.media.cards import picture_of
from web.models.media import Media

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


def open_paper(writer: Visitor) -> None:
    """Go to an empty editor and type a few words, the cursor between them."""
    writer.open("/write/new")
    writer.page.get_by_label("Title").fill("Paper")
    writer.page.get_by_label("Body").fill("Before.\n\n\n\nAfter.")
    set_cursor(writer, 9)


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
