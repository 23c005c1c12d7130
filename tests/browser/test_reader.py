"""A reader signs up, comments, answers, edits and deletes, all without a page load."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.user import User


@pytest.fixture
def reader(make: Make, visit: Visit) -> Visitor:
    """A signed-in reader before a post with one comment of its author."""
    ada = make.user("ada", role="author", display_name="Ada")
    make.comment(make.post(ada, title="Hello"), ada, body="First words.")
    make.user("rita", display_name="Rita")
    visitor = visit()
    visitor.sign_in("rita")
    visitor.open("/posts/hello")
    visitor.stay_on_this_page()
    return visitor


def test_signing_up_and_out_and_in(make: Make, visit: Visit, read: Read) -> None:
    make.setting("sign_up", "open")
    visitor = visit()
    visitor.open("/")
    visitor.link("Sign up").click()
    visitor.page.get_by_label("Username").fill("rita")
    visitor.page.get_by_label("Email").fill("rita@example.org")
    visitor.page.get_by_label("Password").fill("short")
    visitor.button("Create account").click()
    expect(visitor.page.locator(".field-error")).to_contain_text("12 characters")
    expect(visitor.page.get_by_label("Password")).to_be_focused()
    expect(visitor.page.get_by_label("Username")).to_have_value("rita")
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.button("Create account").click()
    expect(visitor.button("Sign out")).to_be_visible()
    assert [user.username for user in read.all(User)] == ["rita"]
    visitor.button("Sign out").click()
    expect(visitor.link("Sign in")).to_be_visible()
    visitor.link("Sign in").click()
    visitor.page.get_by_label("Username or email").fill("rita@example.org")
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.button("Sign in").click()
    expect(visitor.button("Sign out")).to_be_visible()


def test_a_comment_appears_in_place(reader: Visitor, read: Read) -> None:
    expect(reader.page.locator("#comments-title")).to_have_text("1 comment")
    reader.page.get_by_label("Comment", exact=True).fill("A word of mine.")
    reader.button("Post comment").click()
    expect(reader.comment("A word of mine.")).to_be_visible()
    expect(reader.page.locator("#comments-title")).to_have_text("2 comments")
    expect(reader.page.locator("#announcement")).to_contain_text("posted")
    expect(reader.page.get_by_label("Comment", exact=True)).to_have_value("")
    reader.check_same_page()
    assert "comment" in reader.focused()
    assert read.count(Comment) == 2


@on_sqlite
def test_an_empty_comment_is_told_at_its_field(reader: Visitor, read: Read) -> None:
    reader.page.get_by_label("Comment", exact=True).fill("   ")
    reader.button("Post comment").click()
    expect(reader.page.locator(".field-error")).to_be_visible()
    field = reader.page.get_by_label("Comment", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    reader.check_same_page()
    assert read.count(Comment) == 1


def test_an_answer_stands_under_what_it_answers(reader: Visitor) -> None:
    reader.comment("First words.").get_by_role("link", name="Reply").click()
    form = reader.page.get_by_role("form", name="Answer Ada")
    expect(form.get_by_label("Comment")).to_be_focused()
    form.get_by_label("Comment").fill("An answer.")
    form.get_by_role("button", name="Post comment").click()
    answer = reader.page.locator(".comment-replies article").filter(has_text="An answer.")
    expect(answer).to_be_visible()
    expect(form).to_have_count(0)
    expect(reader.page.locator("#comments-title")).to_have_text("2 comments")
    reader.check_same_page()


@on_sqlite
def test_an_answer_may_be_given_up(reader: Visitor) -> None:
    reader.comment("First words.").get_by_role("link", name="Reply").click()
    form = reader.page.get_by_role("form", name="Answer Ada")
    form.get_by_role("link", name="Cancel").click()
    expect(form).to_have_count(0)
    expect(reader.comment("First words.").get_by_role("link", name="Reply")).to_be_focused()
    reader.check_same_page()


@on_sqlite
def test_own_words_can_be_changed_in_place(reader: Visitor, read: Read) -> None:
    reader.page.get_by_label("Comment", exact=True).fill("A wrod of mine.")
    reader.button("Post comment").click()
    reader.comment("A wrod of mine.").get_by_role("link", name="Edit").click()
    field = reader.page.locator("article.comment textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value("A wrod of mine.")
    field.fill("A word of mine.")
    reader.page.locator("article.comment form:has(textarea) button").first.click()
    expect(reader.comment("A word of mine.")).to_contain_text("edited")
    reader.check_same_page()
    assert [comment.body for comment in read.all(Comment)][-1] == "A word of mine."


@on_sqlite
def test_own_words_can_be_deleted_after_a_question(reader: Visitor, read: Read) -> None:
    reader.page.get_by_label("Comment", exact=True).fill("Never mind.")
    reader.button("Post comment").click()
    comment = reader.comment("Never mind.")
    reader.page.once("dialog", lambda dialog: dialog.dismiss())
    comment.get_by_role("button", name="Delete").click()
    expect(comment).to_be_visible()
    reader.page.once("dialog", lambda dialog: dialog.accept())
    comment.get_by_role("button", name="Delete").click()
    expect(reader.page.get_by_text("Never mind.")).to_have_count(0)
    expect(reader.page.locator("#comments-title")).to_have_text("1 comment")
    reader.check_same_page()
    assert all("Never mind" not in comment.body for comment in read.all(Comment))


@on_sqlite
def test_a_double_click_makes_one_comment(reader: Visitor, read: Read) -> None:
    reader.page.get_by_label("Comment", exact=True).fill("Once.")
    reader.button("Post comment").dblclick()
    expect(reader.comment("Once.")).to_be_visible()
    expect(reader.page.locator("#comments-title")).to_have_text("2 comments")
    assert read.count(Comment) == 2


@on_sqlite
def test_what_was_typed_survives_the_end_of_the_session(reader: Visitor) -> None:
    reader.page.get_by_label("Comment", exact=True).fill("Typed for an hour.")
    reader.context.clear_cookies()
    reader.button("Post comment").click()
    expect(reader.page.locator("main")).to_contain_text(re.compile("signed out|sign in", re.IGNORECASE))
    expect(reader.page.get_by_label("Comment", exact=True)).to_have_value("Typed for an hour.")
    reader.check_same_page()
