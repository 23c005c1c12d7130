"""The journal of words that the blog has not acknowledged: what it keeps, for whom, and until when (decision 82)."""

import json

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.typing_words import BODY, body, kept, newest, saved, type_at_beginning, type_at_end
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.models.post import Post
from web.models.user import User

pytestmark = on_sqlite

NO_INDEXED_DB = (
    "() => { IDBDatabase.prototype.transaction = () => { throw new DOMException('Gone', 'InvalidStateError'); }; }"
)
# What a full disk does.
FULL = """() => {
  const refuse = () => { throw new DOMException("Full", "QuotaExceededError"); };
  IDBObjectStore.prototype.put = refuse;
  Storage.prototype.setItem = refuse;
}"""
HERE = "() => Object.keys(localStorage).filter((name) => name.startsWith('colophon-words '))"
FROM_BEFORE = "([name, entry]) => localStorage.setItem(name, entry)"
SESSION = "6e29a6a5-8a5b-4a3c-9d1e-000000000001"


@pytest.fixture
def editor(writer: Visitor, shared: Post) -> Visitor:
    """Her draft, open; what the console says of a network that is gone is no trouble."""
    writer.open(f"/write/{shared.id}")
    return writer


def rescue(visitor: Visitor) -> Locator:
    """The notice that offers words back."""
    return visitor.page.locator("#editor-rescue")


def kept_texts(editor: Visitor) -> set[str]:
    """The texts in the journal. One that was written down in a hurry stands in both storages."""
    return {str(entry["words"]["body"]) for entry in kept(editor)}


def lose(editor: Visitor, words: str) -> None:
    """Type what does not reach the blog, and lose the page."""
    editor.context.set_offline(True)
    type_at_end(editor, words)
    expect(saved(editor)).to_contain_text("kept in this browser")
    editor.crash()
    editor.context.set_offline(False)
    editor.troubles.clear()


def test_an_entry_is_gone_once_the_blog_has_its_words(editor: Visitor) -> None:
    editor.context.set_offline(True)
    type_at_end(editor, " More.")
    expect(saved(editor)).to_contain_text("kept in this browser")
    assert kept_texts(editor) == {BODY + " More."}
    editor.context.set_offline(False)
    expect(saved(editor)).to_contain_text("Saved")
    editor.page.wait_for_timeout(300)
    assert kept(editor) == []
    editor.troubles.clear()


def test_without_indexed_db_words_are_kept_in_the_other_storage(editor: Visitor, shared: Post) -> None:
    editor.page.evaluate(NO_INDEXED_DB)
    lose(editor, " More.")
    editor.open(f"/write/{shared.id}")
    assert len(editor.page.evaluate(HERE)) == 1
    editor.button("Put them into the editor").click()
    expect(body(editor)).to_have_value(BODY + " More.")
    expect(saved(editor)).to_contain_text("Saved")


def test_where_nothing_can_be_kept_the_page_says_so_and_saves_all_the_same(editor: Visitor, read: Read) -> None:
    editor.page.evaluate(FULL)
    held = editor.hold("**/autosave")
    type_at_end(editor, " More.")
    expect(saved(editor)).to_have_text(
        "This browser cannot keep a copy of your words. They are saved on the blog only."
    )
    type_at_end(editor, " And more.")
    editor.let_go(held)
    editor.page.unroute_all()
    expect(saved(editor)).to_contain_text("Saved")
    type_at_end(editor, " Last.")
    with editor.page.expect_response("**/autosave"):
        pass
    assert newest(read) == BODY + " More. And more. Last."
    assert kept(editor) == []


def test_two_windows_of_a_post_keep_their_words_apart(editor: Visitor, shared: Post) -> None:
    other = Visitor(editor.context.new_page(), editor.url)
    other.open(f"/write/{shared.id}")
    editor.context.set_offline(True)
    type_at_end(editor, " Here.")
    type_at_beginning(other, "There. ")
    for window in (editor, other):
        expect(saved(window)).to_contain_text("kept in this browser")
    assert kept_texts(editor) == {BODY + " Here.", "There. " + BODY}
    other.page.close(run_before_unload=False)
    editor.context.set_offline(False)
    expect(saved(editor)).to_contain_text("Saved")
    editor.page.wait_for_timeout(300)
    assert kept_texts(editor) == {"There. " + BODY}
    editor.troubles.clear()


def test_a_tab_that_was_closed_without_a_network_offers_its_words_in_the_next(editor: Visitor, shared: Post) -> None:
    lose(editor, " More.")
    editor.open(f"/write/{shared.id}")
    expect(rescue(editor)).to_be_visible()
    expect(body(editor)).to_have_value(BODY)
    expect(saved(editor)).to_be_empty()


def test_kept_words_replace_nothing_that_was_stored_elsewhere_meanwhile(
    editor: Visitor, shared: Post, read: Read
) -> None:
    lose(editor, " Mine.")
    editor.open(f"/write/{shared.id}")
    body(editor).fill("Newer. " + BODY)
    expect(saved(editor)).to_contain_text("Saved")
    editor.open(f"/write/{shared.id}")
    expect(body(editor)).to_have_value("Newer. " + BODY)
    editor.button("Show what differs").click()
    expect(editor.page.locator("#editor-rescue-changes ins").first).to_contain_text("Mine")
    editor.page.wait_for_timeout(2000)
    assert newest(read) == "Newer. " + BODY
    editor.button("Put them into the editor").click()
    expect(body(editor)).to_have_value("Newer. " + BODY + " Mine.")
    assert newest(read) == "Newer. " + BODY + " Mine."


def test_only_who_throws_kept_words_away_loses_them(editor: Visitor, shared: Post) -> None:
    lose(editor, " Kept.")
    editor.open(f"/write/{shared.id}")
    expect(rescue(editor)).to_be_visible()
    editor.button("Save draft").click()
    expect(editor.page.locator("#announcement")).to_have_text("Draft saved.")
    # A page that was lost may have left a copy in the other storage too.
    assert kept_texts(editor) == {BODY + " Kept."}
    editor.button("Throw them away").click()
    expect(rescue(editor)).to_be_hidden()
    assert kept(editor) == []


def test_somebody_else_in_the_same_browser_is_offered_nothing(editor: Visitor, shared: Post, make: Make) -> None:
    make.user("eve", role="editor")
    lose(editor, " For Ada only.")
    editor.context.clear_cookies()
    editor.sign_in("eve")
    editor.open(f"/write/{shared.id}")
    # Longer than the page waits before it looks a second time.
    editor.page.wait_for_timeout(4000)
    expect(rescue(editor)).to_be_hidden()
    editor.context.clear_cookies()
    editor.sign_in("ada")
    editor.open(f"/write/{shared.id}")
    expect(rescue(editor)).to_be_visible()


def test_an_entry_of_the_version_before_is_offered_and_brought_to_the_disk(
    writer: Visitor, shared: Post, ada: User
) -> None:
    words = {"title": "Shared", "body": BODY + " Old.", "tags": "", "slug": shared.slug, "summary": ""}
    at = "2026-11-01T12:00:00.000Z"
    entry = {
        "words": words,
        "base": "0.0",
        "session": SESSION,
        "sequence": 2,
        "post": f"/write/{shared.id}/autosave",
        "at": at,
    }
    writer.open("/write")
    name = f"colophon-words {ada.id} {shared.uid} {SESSION}"
    writer.page.evaluate(FROM_BEFORE, [name, json.dumps(entry)])
    writer.open(f"/write/{shared.id}")
    expect(rescue(writer)).to_be_visible()
    writer.page.wait_for_timeout(300)
    assert writer.page.evaluate(HERE) == []
    assert [found["words"] for found in kept(writer)] == [words]
    writer.button("Put them into the editor").click()
    expect(body(writer)).to_have_value(BODY + " Old.")
