"""What a screen reader says: each piece of news once, whole, and nothing after every pause (decision 81)."""

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import delete

from tests.browser.conftest import Visit
from tests.browser.typing_words import body, put, saved, type_at_end
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.database.database import Database
from web.models.editing_session import EditingSession
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.user import User

pytestmark = on_sqlite

# Notes down what each live region says, as a screen reader would: an inserted element, or a changed text.
LISTEN = """() => {
  window.heard = [];
  const regions = "[aria-live], [role=status], [role=alert]";
  const live = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(regions);
  const isSilent = (region) => !region || region.getAttribute("aria-live") === "off";
  const note = (node) => {
    const text = node.textContent.replace(/\\s+/g, " ").trim();
    if (text && !isSilent(live(node))) window.heard.push(text);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") note(change.target);
      for (const node of change.addedNodes) note(node);
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def listen(visitor: Visitor) -> None:
    """From now on `heard` knows what was said."""
    visitor.page.evaluate(LISTEN)


def heard(visitor: Visitor) -> list[str]:
    """What was said since the last time."""
    said: list[str] = visitor.page.evaluate("() => window.heard.splice(0)")
    return said


def announcement(visitor: Visitor) -> Locator:
    """The region for what just happened."""
    return visitor.page.locator("#announcement")


@pytest.fixture
def editor(writer: Visitor, shared: Post) -> Visitor:
    """Her draft, open."""
    writer.open(f"/write/{shared.id}")
    listen(writer)
    return writer


def save(visitor: Visitor, words: str) -> None:
    """Type, and wait until what was typed is acknowledged."""
    with visitor.page.expect_response("**/autosave") as answer:
        type_at_end(visitor, words)
    answer.value.finished()
    expect(saved(visitor)).not_to_be_empty()


def test_only_the_first_of_several_saves_is_said(editor: Visitor) -> None:
    save(editor, " One.")
    expect(saved(editor)).to_contain_text(":")
    first = heard(editor)
    save(editor, " Two.")
    editor.page.wait_for_timeout(200)
    assert [text.split()[0] for text in first] == ["Saved"]
    assert heard(editor) == []


def test_a_save_is_said_again_after_one_that_failed(editor: Visitor) -> None:
    save(editor, " One.")
    editor.page.get_by_label("Title").fill("word " * 60)
    expect(saved(editor)).to_contain_text("at most 200 characters")
    editor.page.get_by_label("Title").fill("Short")
    expect(saved(editor)).to_contain_text("Saved")
    said = heard(editor)
    assert ["Saved" in text for text in said] == [True, False, True]
    assert said[1].startswith("Not saved yet. Title:")


def test_what_a_button_did_is_said_once(editor: Visitor) -> None:
    editor.button("Publish").click()
    expect(announcement(editor)).to_have_text("Published.")
    assert heard(editor) == ["Published."]


def test_the_end_of_a_session_is_said_once_and_where_to_sign_in(editor: Visitor, database: Database) -> None:
    with database.session() as session:
        session.execute(delete(LoginSession))
    type_at_end(editor, " Still here.")
    expect(announcement(editor)).to_contain_text("signed out")
    with editor.page.expect_response("**/autosave") as refused:
        type_at_end(editor, " And here.")
    refused.value.finished()
    editor.page.get_by_label("Username or email").press_sequentially("ada")
    editor.page.wait_for_timeout(200)
    assert heard(editor) == ["You have been signed out. Your text is still here. Sign in above it."]


def test_nothing_says_signed_out_after_signing_in_again(editor: Visitor, database: Database) -> None:
    with database.session() as session:
        session.execute(delete(LoginSession))
    type_at_end(editor, " Still here.")
    door = editor.page.locator("#editor-door")
    expect(door).to_contain_text("signed out")
    sign_in_at(door)
    expect(door).to_have_text("You are signed in again.")
    expect(saved(editor)).to_contain_text("Saved")


def sign_in_at(door: Locator) -> None:
    """Fill the form in and send it."""
    door.get_by_label("Username or email").fill("ada")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Sign in").click()


def test_who_else_has_a_post_open_is_said_once(writer: Visitor, visit: Visit, shared: Post, make: Make) -> None:
    make.user("bob", role="editor", display_name="Bob")
    other = visit()
    other.sign_in("bob")
    other.open(f"/write/{shared.id}")
    writer.open(f"/write/{shared.id}")
    presence = writer.page.locator("#editor-presence")
    expect(presence).to_contain_text("Bob has this post open")
    listen(writer)
    with writer.page.expect_response("**/presence") as answer:
        presence.evaluate("element => htmx.trigger(element, 'every')")
    answer.value.finished()
    writer.page.wait_for_timeout(200)
    assert heard(writer) == []


def test_nobody_is_told_of_their_own_window_when_the_script_of_the_editor_comes_late(
    writer: Visitor, shared: Post, read: Read
) -> None:
    held = writer.hold("**/static/js/editor.*")
    writer.page.goto(f"{writer.url}/write/{shared.id}", wait_until="commit")
    while not writer.page.evaluate("'htmx' in window"):
        writer.page.wait_for_timeout(50)
    # By then htmx has begun.
    writer.page.wait_for_timeout(300)
    with writer.page.expect_response("**/presence") as answer:
        writer.let_go(held)
    answer.value.finished()
    own = writer.page.locator("[name=editing_session]").input_value()
    assert [opened.uid for opened in read.all(EditingSession)] == [own]
    writer.page.unroute_all()


def test_the_toolbar_says_what_it_wrote(editor: Visitor) -> None:
    put(editor, "Some words")
    body(editor).press("Control+End")
    for keys, told in [
        ("Control+b", "Bold added."),
        ("Control+b", "Bold ends here."),
        ("Control+Shift+Digit7", "Heading level 2 added."),
        ("Control+Shift+Digit7", "Heading level 3 added."),
        ("Control+Shift+Digit7", "Heading removed."),
        ("Control+k", "Link added. Type its words."),
    ]:
        body(editor).press(keys)
        expect(announcement(editor)).to_have_text(told)


def test_a_button_of_the_toolbar_is_described_by_its_keys_alone(editor: Visitor) -> None:
    expect(editor.button("Bold")).to_have_accessible_description("Ctrl+B")


def test_an_error_is_said_where_its_field_already_had_the_focus(ada: User, visit: Visit) -> None:
    stranger = visit()
    stranger.open("/sign-in")
    stranger.page.get_by_label("Username or email").fill("ada")
    stranger.page.get_by_label("Password").fill("wrong")
    stranger.page.get_by_label("Password").press("Enter")
    expect(announcement(stranger)).to_contain_text("do not belong together")
    expect(stranger.page.get_by_label("Password")).to_be_focused()


def test_what_was_added_is_read_where_old_and_new_stand_side_by_side(editor: Visitor) -> None:
    body(editor).fill("First paragraph.\n\nOther paragraph.\n\nThird paragraph.")
    editor.button("Save draft").click()
    expect(announcement(editor)).to_have_text("Draft saved.")
    editor.page.set_viewport_size({"width": 1280, "height": 800})
    editor.link("History").click()
    editor.page.locator(".row-list a").first.click()
    changed = editor.page.locator(".changes")
    expect(changed.get_by_role("deletion")).to_have_text(["Second"])
    expect(changed.get_by_role("insertion")).to_have_text(["Other"])


def test_a_preview_that_is_opened_again_is_said_again(editor: Visitor) -> None:
    editor.button("Preview").click()
    expect(announcement(editor)).to_have_text("The preview is open, after the text.")
    heard(editor)
    with editor.page.expect_response("**/preview") as answer:
        editor.button("Preview").click()
    answer.value.finished()
    editor.page.wait_for_timeout(200)
    assert heard(editor) == ["The preview is open, after the text."]


def test_a_comment_is_named_by_who_wrote_it(ada: User, make: Make, visit: Visit) -> None:
    make.comment(make.post(ada, title="Hello"), ada, body="First words.")
    stranger = visit()
    stranger.open("/posts/hello")
    expect(stranger.page.get_by_role("article", name=ada.display_name, exact=True)).to_contain_text("First words.")
    expect(stranger.page.get_by_role("status")).to_have_count(0)
