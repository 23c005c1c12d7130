"""A writer writes, previews, publishes, withdraws and deletes without leaving the editor."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.models.post import Post


@pytest.fixture
def writer(make: Make, visit: Visit) -> Visitor:
    """A signed-in author before an empty editor."""
    make.user("ada", role="author")
    visitor = visit()
    visitor.sign_in("ada")
    visitor.open("/write/new")
    visitor.stay_on_this_page()
    return visitor


def fill(writer: Visitor, title: str = "Paper & ink", body: str = "Some *words*.") -> None:
    writer.page.get_by_label("Title").fill(title)
    writer.page.get_by_label("Body").fill(body)


def test_from_the_first_word_to_the_published_post(writer: Visitor, visit: Visit, read: Read) -> None:
    fill(writer)
    writer.page.get_by_label("Tags").fill("Craft, Books")
    writer.button("Preview").click()
    expect(writer.page.locator("#preview em")).to_have_text("words")
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    writer.button("Publish").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Published")
    expect(writer.page.get_by_label("Body")).to_have_value("Some *words*.")
    writer.check_same_page()
    stranger = visit()
    stranger.open("/")
    stranger.link("Paper & ink").click()
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Paper & ink")
    expect(stranger.link("Craft")).to_be_visible()
    writer.button("Withdraw").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    stranger.page.reload()
    expect(stranger.page.locator(".error-code")).to_have_text("404")
    writer.check_same_page()


@on_sqlite
def test_what_is_wrong_is_told_and_nothing_is_lost(writer: Visitor, read: Read) -> None:
    fill(writer, title="x" * 201, body="Typed for an hour.")
    writer.button("Save draft").click()
    expect(writer.page.locator(".field-error")).to_contain_text("200 characters")
    expect(writer.page.get_by_label("Title")).to_be_focused()
    expect(writer.page.get_by_label("Body")).to_have_value("Typed for an hour.")
    writer.check_same_page()
    assert read.all(Post) == []


@on_sqlite
def test_a_double_click_makes_one_post(writer: Visitor, read: Read) -> None:
    fill(writer)
    writer.button("Save draft").dblclick()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    writer.button("Save draft").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    assert read.count(Post) == 1


@on_sqlite
def test_a_slow_double_click_on_publish_does_not_withdraw(writer: Visitor, read: Read) -> None:
    fill(writer)
    place = writer.page.locator("#editor-publication").bounding_box()
    assert place is not None
    mouse, at = writer.page.mouse, (place["x"] + 10, place["y"] + 10)
    mouse.move(*at)
    mouse.down(click_count=1)
    mouse.up(click_count=1)
    expect(writer.page.locator("#editor-publication")).to_have_text("Withdraw")
    mouse.down(click_count=2)
    mouse.up(click_count=2)
    expect(writer.page.locator(".editor-state")).to_contain_text("Published")
    writer.page.wait_for_timeout(200)
    assert [post.is_released for post in read.all(Post)] == [True]


@on_sqlite
def test_typing_goes_on_while_it_saves(writer: Visitor, read: Read) -> None:
    fill(writer)
    body = writer.page.get_by_label("Body")
    with writer.page.expect_response(lambda response: response.request.method == "POST"):
        writer.button("Save draft").click()
        body.focus()
        writer.page.keyboard.press("Control+End")
        writer.page.keyboard.type(" And more.")
    expect(writer.page.locator(".editor-state")).to_contain_text("Draft")
    expect(body).to_have_value("Some *words*. And more.")
    expect(body).to_be_focused()
    with writer.page.expect_response(lambda response: response.request.method == "POST"):
        writer.button("Save draft").click()
    assert [post.body for post in read.all(Post)] == ["Some *words*. And more."]


@on_sqlite
def test_deleting_is_asked_about_and_can_be_undone(writer: Visitor, read: Read) -> None:
    fill(writer)
    writer.button("Publish").click()
    expect(writer.page.locator(".editor-state")).to_contain_text("Published")
    writer.page.once("dialog", lambda dialog: dialog.accept())
    writer.button("Delete").click()
    expect(writer.page.locator(".flashes")).to_contain_text("It can be restored")
    writer.button("Restore").click()
    expect(writer.page.locator(".flashes")).to_contain_text("is back")
    assert [post.deleted_at for post in read.all(Post)] == [None]


@on_sqlite
def test_ending_the_session_loses_no_word(writer: Visitor) -> None:
    fill(writer, body="Typed for an hour.")
    writer.context.clear_cookies()
    writer.button("Save draft").click()
    expect(writer.page.locator("#editor-door")).to_contain_text("signed out")
    expect(writer.page.get_by_label("Body")).to_have_value("Typed for an hour.")
    writer.check_same_page()


@on_sqlite
def test_nothing_that_a_writer_writes_runs(writer: Visitor) -> None:
    body = (
        "<script>document.title = 'run'</script> <img src=x onerror=\"document.title = 'run'\"> "
        "<a href='javascript:go()'>x</a> <b data-hx-get='/' data-hx-trigger='load' hx-get='/'>b</b> "
        "<p style='color:red'>p</p>"
    )
    fill(writer, body=body)
    writer.button("Preview").click()
    expect(writer.page.locator("#preview .prose b")).to_be_visible()
    attributes = writer.page.eval_on_selector_all(
        "#preview .prose *", "all => all.flatMap(e => [e.tagName, ...e.getAttributeNames()])"
    )
    assert not {"SCRIPT", "onerror", "style", "hx-get", "data-hx-get", "data-hx-trigger"} & set(attributes)
    assert "run" not in writer.page.title()
    # The picture that the text asks for is not there, which the browser reports as it should.
    assert [trouble for trouble in writer.troubles if "404" not in trouble] == []
