"""Words are saved while they are typed, and come back after whatever happens meanwhile."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from tests.browser.conftest import Visit
from tests.browser.typing_words import BODY, body, newest, saved, type_at_end
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.database import Database
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.user import User


@on_sqlite
def test_a_post_exists_from_its_first_autosave_and_the_cursor_stays(writer: Visitor, read: Read) -> None:
    writer.open("/write/new")
    writer.stay_on_this_page()
    writer.page.get_by_label("Title").fill("Typed")
    type_at_end(writer, "Words")
    expect(saved(writer)).to_contain_text("Saved")
    expect(body(writer)).to_be_focused()
    writer.page.keyboard.type(" and more.")
    expect(body(writer)).to_have_value("Words and more.")
    writer.page.wait_for_url("**/write/1")
    expect(writer.page.get_by_role("heading", level=1)).to_have_text("Edit post")
    expect(writer.button("Delete")).to_be_visible()
    with writer.page.expect_response("**/write/1/autosave"):
        pass
    assert newest(read) == "Words and more."
    writer.button("Publish").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Published")
    writer.check_same_page()
    assert [(post.title, post.body, post.slug) for post in read.all(Post)] == [("Typed", "Words and more.", "typed")]


@on_sqlite
def test_a_published_post_keeps_what_readers_see(writer: Visitor, visit: Visit, make: Make, ada: User) -> None:
    make.post(ada, title="Public", body="Old words.")
    writer.open("/write/1")
    type_at_end(writer, " New ones.")
    expect(saved(writer)).to_contain_text("Saved")
    reader = visit()
    reader.open("/posts/public")
    expect(reader.page.locator(".e-content")).to_have_text("Old words.")
    writer.page.reload()
    expect(body(writer)).to_have_value("Old words. New ones.")
    writer.button("Publish changes").click()
    expect(writer.page.locator("#editor-note")).to_contain_text("Changes published")
    reader.page.reload()
    expect(reader.page.locator(".e-content")).to_have_text("Old words. New ones.")


@on_sqlite
@pytest.mark.parametrize("field", ["Title", "Tags (comma-separated)", "Slug"])
def test_enter_in_a_published_post_saves_and_publishes_nothing(
    writer: Visitor, make: Make, ada: User, read: Read, field: str
) -> None:
    make.post(ada, title="Public", body="Old words.")
    writer.open("/write/1")
    type_at_end(writer, " New ones.")
    writer.page.get_by_label(field).press("Enter")
    expect(writer.page.locator("#editor-note")).to_contain_text("Readers do not see it yet")
    assert [post.body for post in read.all(Post)] == ["Old words."]


@on_sqlite
def test_two_windows_in_different_paragraphs_are_merged_while_both_type(
    writer: Visitor, visit: Visit, shared: Post, read: Read
) -> None:
    other = visit()
    other.sign_in("ada")
    for visitor in (writer, other):
        visitor.open(f"/write/{shared.id}")
    type_at_end(other, " By the other.")
    expect(saved(other)).to_contain_text("Saved")
    body(writer).focus()
    writer.page.keyboard.press("Control+Home")
    writer.page.keyboard.type("The ")
    expect(saved(writer)).to_contain_text("merged with changes")
    expect(body(writer)).to_have_value("The " + BODY + " By the other.")
    writer.page.keyboard.type("very ")
    expect(body(writer)).to_have_value("The very " + BODY + " By the other.")
    with writer.page.expect_response("**/autosave"):
        pass
    assert newest(read) == "The very " + BODY + " By the other."


@on_sqlite
def test_two_windows_in_the_same_paragraph_are_brought_together_by_hand(
    writer: Visitor, visit: Visit, shared: Post, read: Read
) -> None:
    other = visit()
    other.sign_in("ada")
    for visitor in (writer, other):
        visitor.open(f"/write/{shared.id}")
    type_at_end(other, " Theirs.")
    expect(saved(other)).to_contain_text("Saved")
    type_at_end(writer, " Mine.")
    expect(saved(writer)).to_contain_text("Somebody changed the same place")
    expect(body(writer)).to_have_value(BODY + " Mine.")
    writer.link("bring both together").click()
    writer.page.get_by_label("Keep both, yours first").check()
    writer.button("Save the decision").click()
    expect(body(writer)).to_have_value(BODY + " Mine.\n\nThird paragraph. Theirs.")


@on_sqlite
def test_typing_while_a_button_saves_loses_nothing_wherever_the_focus_goes(
    writer: Visitor, shared: Post, read: Read
) -> None:
    writer.open(f"/write/{shared.id}")
    writer.page.route(f"**/write/{shared.id}", lambda route: (writer.page.wait_for_timeout(600), route.continue_()))
    type_at_end(writer, " One.")
    writer.page.keyboard.press("Control+Enter")
    writer.page.keyboard.type(" Two.")
    writer.page.get_by_label("Tags").focus()
    expect(writer.page.locator("#editor-note")).to_contain_text("Draft saved")
    expect(body(writer)).to_have_value(BODY + " One. Two.")
    expect(saved(writer)).to_contain_text("Saved")
    assert newest(read) == BODY + " One. Two."


@on_sqlite
def test_a_session_that_ends_while_typing_takes_nothing_away(
    writer: Visitor, shared: Post, database: Database, read: Read
) -> None:
    writer.open(f"/write/{shared.id}")
    writer.stay_on_this_page()
    with database.session() as session:
        session.execute(delete(LoginSession))
    type_at_end(writer, " Still here.")
    door = writer.page.locator("#editor-door")
    expect(door).to_contain_text("signed out")
    expect(body(writer)).to_have_value(BODY + " Still here.")
    door.get_by_label("Username or email").fill("ada")
    # Whoever goes on typing in the text is refused once more, and finds the form as it was left.
    with writer.page.expect_response("**/autosave") as refused:
        type_at_end(writer, " And here.")
    refused.value.finished()
    expect(door.get_by_label("Username or email")).to_have_value("ada")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Sign in").click()
    expect(saved(writer)).to_contain_text("Saved")
    expect(door).to_contain_text("signed in again")
    expect(body(writer)).to_have_value(BODY + " Still here. And here.")
    writer.check_same_page()
    assert newest(read) == BODY + " Still here. And here."


@on_sqlite
def test_others_who_have_it_open_are_named(writer: Visitor, visit: Visit, shared: Post, make: Make) -> None:
    make.user("bob", role="editor", display_name="Bob")
    other = visit()
    other.sign_in("bob")
    other.open(f"/write/{shared.id}")
    expect(other.page.locator("#editor-presence")).to_be_empty()
    writer.open(f"/write/{shared.id}")
    expect(writer.page.locator("#editor-presence")).to_contain_text("Bob has this post open")


@on_sqlite
def test_a_save_goes_out_also_when_its_button_left_the_page_while_it_waited(
    writer: Visitor, shared: Post, read: Read
) -> None:
    writer.open(f"/write/{shared.id}")
    held = writer.hold("**/autosave")
    with writer.page.expect_request("**/autosave"):
        type_at_end(writer, " More.")
    writer.button("Save draft").click()
    writer.page.locator("#editor-save").evaluate("button => button.remove()")
    with writer.page.expect_response(f"**/write/{shared.id}"):
        writer.let_go(held)
    assert newest(read) == BODY + " More."
    writer.page.unroute_all()


@on_sqlite
def test_what_is_refused_is_not_sent_again_and_again(
    writer: Visitor, make: Make, ada: User, database: Database
) -> None:
    make.post(ada, title="Draft", body="Old words.", published=False)
    writer.open("/write/1")
    with database.session() as session:
        session.get_one(User, ada.id).role_lookup_code = "reader"
    sent: list[str] = []
    writer.page.on("request", lambda request: sent.append(request.url) if "autosave" in request.url else None)
    type_at_end(writer, " More")
    expect(writer.page.locator("#editor-door")).to_contain_text("Your text is still here")
    writer.page.wait_for_timeout(5000)
    assert len(sent) <= 2
    expect(body(writer)).to_have_value("Old words. More")
