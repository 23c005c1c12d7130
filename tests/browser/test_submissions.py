"""A contributor submits out of the editor and takes it back, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.typing_words import body
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.models.message import Message
from web.models.post import Post

pytestmark = on_sqlite


@pytest.fixture(params=[True, False], ids=["with-script", "without"])
def carl(make: Make, visit: Visit, request: pytest.FixtureRequest) -> Visitor:
    """A contributor before an empty editor."""
    make.user("carl", role="contributor")
    make.user("eve", role="editor")
    visitor = visit(java_script_enabled=request.param)
    visitor.sign_in("carl")
    visitor.open("/write/new")
    return visitor


def stored(read: Read) -> Post:
    (post,) = read.all(Post)
    return post


def test_a_new_post_is_submitted_changed_and_withdrawn(carl: Visitor, read: Read) -> None:
    state = carl.page.locator(".editor-state")
    carl.page.get_by_label("Title").fill("Heron")
    body(carl).fill("Stands still.")
    expect(carl.button("Publish")).to_have_count(0)
    carl.button("Submit for review").click()
    expect(state).to_contain_text("In review")
    expect(carl.page.locator("body")).to_contain_text("You get a message when it was decided about.")
    expect(carl.button("Submit for review")).to_have_count(0)
    assert (stored(read).is_in_review, stored(read).body) == (True, "Stands still.")
    body(carl).fill("Stands very still.")
    carl.button("Withdraw submission").click()
    expect(state).to_contain_text("Draft")
    expect(body(carl)).to_have_value("Stands very still.")
    assert (stored(read).is_in_review, stored(read).body) == (False, "Stands very still.")
    carl.button("Submit for review").click()
    expect(state).to_contain_text("In review")
    assert [message.subject for message in read.all(Message)] == ["“Heron” by Carl waits for review"] * 2


def test_what_has_no_title_is_not_submitted_and_stays(carl: Visitor, read: Read) -> None:
    body(carl).fill("Stands still.")
    carl.button("Submit for review").click()
    expect(carl.page.locator(".field-error")).to_contain_text("title")
    expect(body(carl)).to_have_value("Stands still.")
    assert not any(post.is_in_review for post in read.all(Post))
