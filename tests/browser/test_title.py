"""The window is named after the post as it is saved, as if its editor was opened again."""

import pytest
from playwright.sync_api import expect

from tests.browser.typing_words import body, saved, type_at_end
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from web.models.post import Post
from web.models.user import User

pytestmark = on_sqlite


def check_named(writer: Visitor, title: str) -> None:
    """Fail where the window and the page are not named so, now and when the editor is opened again."""
    named = f"{title} · {writer.page.locator('.masthead-title').inner_text().strip()}"
    expect(writer.page).to_have_title(named)
    expect(writer.page.get_by_role("heading", level=1)).to_have_text("Edit post")
    writer.page.reload()
    expect(writer.page).to_have_title(named)


@pytest.fixture
def new(writer: Visitor) -> Visitor:
    """An empty editor."""
    writer.open("/write/new")
    return writer


def test_a_new_post_names_the_window_when_it_saves_itself(new: Visitor) -> None:
    new.page.get_by_label("Title").fill("Paper & ink")
    expect(saved(new)).to_contain_text("Saved")
    check_named(new, "Paper & ink")


def test_a_new_post_names_the_window_when_it_is_saved_by_its_button(new: Visitor) -> None:
    new.page.get_by_label("Title").fill("Paper")
    new.button("Save draft").click()
    expect(new.page.locator("#announcement")).to_have_text("Draft saved.")
    check_named(new, "Paper")


def test_a_post_without_a_title_is_called_untitled(new: Visitor) -> None:
    body(new).press_sequentially("Words.")
    expect(saved(new)).to_contain_text("Saved")
    check_named(new, "Untitled")


@pytest.mark.parametrize("published", [False, True])
def test_the_name_follows_a_title_that_is_saved(writer: Visitor, make: Make, ada: User, published: bool) -> None:
    post = make.post(ada, title="Old", published=published)
    writer.open(f"/write/{post.id}")
    writer.page.get_by_label("Title").fill("New")
    expect(saved(writer)).to_contain_text("Saved")
    check_named(writer, "New")


def test_what_is_not_saved_names_nothing(writer: Visitor, shared: Post) -> None:
    writer.open(f"/write/{shared.id}")
    writer.page.get_by_label("Title").fill("word " * 60)
    expect(saved(writer)).to_contain_text("at most 200 characters")
    type_at_end(writer, " More.")
    expect(writer.page).to_have_title("Shared · " + writer.page.locator(".masthead-title").inner_text().strip())
