"""What the blog has not acknowledged is kept in the browser and comes back."""

from time import monotonic

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.typing_words import BODY, body, journalled, newest, saved, type_at_beginning, type_at_end
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.reading import Read
from web.models.post import Post


def crash_without_network(writer: Visitor, post: Post) -> None:
    """Type where the network is gone, lose the page, and open the editor again with the network back."""
    writer.open(f"/write/{post.id}")
    writer.context.set_offline(True)
    type_at_end(writer, " Before the crash.")
    expect(saved(writer)).to_contain_text("kept in this browser")
    writer.crash()
    writer.context.set_offline(False)
    writer.open(f"/write/{post.id}")


@on_sqlite
def test_words_typed_without_a_network_are_saved_when_it_is_back(writer: Visitor, shared: Post, read: Read) -> None:
    writer.open(f"/write/{shared.id}")
    writer.context.set_offline(True)
    type_at_end(writer, " Offline.")
    expect(saved(writer)).to_contain_text("kept in this browser")
    writer.context.set_offline(False)
    expect(saved(writer)).to_contain_text("Saved")
    assert newest(read) == BODY + " Offline."
    writer.troubles.clear()


@on_sqlite
def test_a_page_that_was_lost_offers_its_words_again(writer: Visitor, shared: Post, read: Read) -> None:
    crash_without_network(writer, shared)
    expect(writer.page.locator("#announcement")).to_contain_text("This browser kept words")
    expect(body(writer)).to_have_value(BODY)
    writer.button("Show what differs").click()
    expect(writer.page.locator("#editor-rescue-changes ins").first).to_contain_text("Before the crash")
    writer.button("Put them into the editor").click()
    expect(body(writer)).to_have_value(BODY + " Before the crash.")
    expect(saved(writer)).to_contain_text("Saved")
    writer.page.reload()
    expect(writer.page.locator("#editor-rescue")).to_be_hidden()
    assert newest(read) == BODY + " Before the crash."
    writer.troubles.clear()


@on_sqlite
def test_of_typing_without_a_pause_three_seconds_are_lost_at_most(writer: Visitor, shared: Post) -> None:
    words = " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    writer.open(f"/write/{shared.id}")
    writer.context.set_offline(True)
    body(writer).focus()
    writer.page.keyboard.press("Control+End")
    begun = monotonic()
    writer.page.keyboard.type(words, delay=60)
    # What a browser that is killed now will find again: it is told of nothing.
    kept = journalled(writer).removeprefix(BODY)
    seconds = monotonic() - begun
    assert seconds > 5
    assert words.startswith(kept)
    assert len(words) - len(kept) <= 3 * len(words) / seconds
    writer.context.set_offline(False)
    writer.troubles.clear()


@on_sqlite
def test_kept_words_wait_for_an_answer_whatever_is_done_meanwhile(writer: Visitor, shared: Post, read: Read) -> None:
    crash_without_network(writer, shared)
    rescue = writer.page.locator("#editor-rescue")
    expect(rescue).to_be_visible()
    writer.page.reload()
    expect(rescue).to_be_visible()
    type_at_end(writer, " Typed instead.")
    expect(saved(writer)).to_contain_text("Saved")
    writer.open("/write/recovered")
    expect(writer.page.locator("#browser-journal")).to_contain_text("Shared")
    writer.open(f"/write/{shared.id}")
    writer.button("Throw them away").click()
    writer.page.reload()
    expect(body(writer)).to_have_value(BODY + " Typed instead.")
    writer.open("/write/recovered")
    expect(writer.page.locator("#browser-journal")).to_be_hidden()
    writer.troubles.clear()


@on_sqlite
def test_what_is_typed_after_going_back_is_saved_beside_what_others_wrote(
    writer: Visitor, visit: Visit, shared: Post, read: Read
) -> None:
    writer.open(f"/write/{shared.id}")
    for words in (" One.", " Two.", " Three."):
        type_at_end(writer, words)
        with writer.page.expect_response("**/autosave"):
            pass
    writer.open("/write")
    other = visit()
    other.sign_in("ada")
    other.open(f"/write/{shared.id}")
    other.page.get_by_label("Body").press("Control+Home")
    other.page.keyboard.type("By the other. ")
    expect(saved(other)).to_contain_text("Saved")
    writer.page.go_back()
    type_at_end(writer, " After back.")
    expect(saved(writer)).to_contain_text("Saved")
    assert newest(read) == "By the other. " + BODY + " One. Two. Three. After back."


@on_sqlite
def test_leaving_is_asked_about_only_when_something_is_unsaved(writer: Visitor, shared: Post) -> None:
    asked = []
    writer.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writer.open(f"/write/{shared.id}")
    type_at_end(writer, " More.")
    expect(saved(writer)).to_contain_text("Saved")
    writer.open("/write")
    assert asked == []
    writer.open(f"/write/{shared.id}")
    type_at_end(writer, " Unsaved.")
    writer.open("/write")
    assert asked == ["beforeunload"]


@on_sqlite
def test_restoring_a_deleted_post_takes_along_what_was_just_typed(writer: Visitor, shared: Post, read: Read) -> None:
    writer.page.on("dialog", lambda dialog: dialog.accept())
    writer.open(f"/write/{shared.id}")
    writer.button("Delete").click()
    writer.page.wait_for_url("**/write?state=deleted")
    writer.open(f"/write/{shared.id}")
    type_at_end(writer, " Not to be lost.")
    writer.button("Restore").click()
    expect(writer.page.locator(".flashes")).to_contain_text("is back")
    expect(body(writer)).to_have_value(BODY + " Not to be lost.")
    assert newest(read) == BODY + " Not to be lost."
    expect(writer.page.locator("#editor-rescue")).to_be_hidden()


@on_sqlite
def test_putting_kept_words_back_overwrites_nothing_that_was_typed_since(
    writer: Visitor, shared: Post, read: Read
) -> None:
    crash_without_network(writer, shared)
    expect(writer.page.locator("#editor-rescue")).to_be_visible()
    type_at_beginning(writer, "Newer. ")
    expect(saved(writer)).to_contain_text("Saved")
    writer.button("Put them into the editor").click()
    expect(body(writer)).to_have_value("Newer. " + BODY + " Before the crash.")
    assert newest(read) == "Newer. " + BODY + " Before the crash."
    writer.troubles.clear()


@on_sqlite
def test_what_is_unsaved_when_kept_words_are_put_back_is_kept_in_turn(
    writer: Visitor, shared: Post, read: Read
) -> None:
    crash_without_network(writer, shared)
    expect(writer.page.locator("#editor-rescue")).to_be_visible()
    type_at_beginning(writer, "N")
    writer.button("Put them into the editor").click()
    expect(saved(writer)).to_contain_text("Saved")
    assert newest(read) == BODY + " Before the crash."
    writer.page.reload()
    writer.button("Put them into the editor").click()
    expect(body(writer)).to_have_value("N" + BODY + " Before the crash.")
    writer.troubles.clear()


@on_sqlite
def test_what_the_browser_puts_back_by_itself_goes_on_where_it_was_and_stays_kept(writer: Visitor, read: Read) -> None:
    writer.page.on("dialog", lambda dialog: dialog.accept())
    writer.hold("**/write/autosave")
    writer.open("/write/new")
    uid = writer.page.locator("[name=uid]").input_value()
    type_at_end(writer, "Never stored.")
    writer.open("/write")
    # Only what an editor left behind for longer than a moment is taken for abandoned.
    writer.page.wait_for_timeout(3500)
    writer.page.go_back()
    expect(writer.page.locator("[name=continues]")).not_to_have_value("")
    expect(body(writer)).to_have_value("Never stored.")
    assert journalled(writer) == "Never stored."
    assert writer.page.locator("[name=uid]").input_value() == uid
    writer.page.unroute_all()
    type_at_end(writer, " Stored.")
    expect(saved(writer)).to_contain_text("Saved")
    assert [post.uid for post in read.all(Post)] == [uid]
    assert newest(read) == "Never stored. Stored."
