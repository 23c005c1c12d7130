"""Everything also works with JavaScript off: the same buttons, with page loads in between."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.typing_words import body, newest
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.post import Post

pytestmark = on_sqlite


@pytest.fixture
def reader(make: Make, visit: Visit) -> Visitor:
    """A signed-in reader before a post with one comment of its author."""
    ada = make.user("ada", role="author", display_name="Ada")
    make.comment(make.post(ada, title="Hello"), ada, body="First words.")
    make.user("rita", display_name="Rita")
    visitor = visit(java_script_enabled=False)
    visitor.sign_in("rita")
    visitor.open("/posts/hello")
    return visitor


def test_a_reader_comments_answers_edits_and_deletes(reader: Visitor, read: Read) -> None:
    reader.page.get_by_label("Comment", exact=True).fill("A wrod of mine.")
    reader.button("Post comment").click()
    expect(reader.page.locator("#comments-title")).to_have_text("2 comments")
    reader.check_whole_page()
    reader.comment("A wrod of mine.").get_by_role("link", name="Edit").click()
    reader.page.get_by_label("Comment", exact=True).fill("A word of mine.")
    reader.page.locator("main form:has(textarea) button").first.click()
    expect(reader.comment("A word of mine.")).to_contain_text("edited")
    reader.comment("First words.").get_by_role("link", name="Reply").click()
    reader.check_whole_page()
    reader.page.get_by_label("Comment", exact=True).fill("An answer.")
    reader.button("Post comment").click()
    expect(reader.page.locator(".comment-replies").filter(has_text="An answer.").first).to_be_visible()
    reader.comment("A word of mine.").get_by_role("button", name="Delete").click()
    expect(reader.page.locator("main")).to_contain_text("A word of mine.")
    reader.button("Delete").last.click()
    expect(reader.page.locator("#comments-title")).to_have_text("2 comments")
    expect(reader.page.get_by_text("A word of mine.")).to_have_count(0)
    assert read.count(Comment) >= 2


def test_an_empty_comment_keeps_the_page(reader: Visitor) -> None:
    reader.page.locator(".comment-form").evaluate("form => form.noValidate = true")
    reader.button("Post comment").click()
    expect(reader.page.locator(".field-error")).to_be_visible()
    reader.check_whole_page()


def test_older_posts_are_a_page_of_their_own(make: Make, visit: Visit) -> None:
    ada = make.user("ada", role="author")
    for number in range(1, 13):
        make.clock.advance(minutes=1)
        make.post(ada, title=f"Post number {number}")
    visitor = visit(java_script_enabled=False)
    visitor.open("/")
    visitor.link("Older posts").click()
    expect(visitor.link("Post number 2")).to_be_visible()
    expect(visitor.link("Post number 3")).to_have_count(0)
    visitor.check_whole_page()


def test_a_writer_writes_previews_publishes_and_withdraws(make: Make, visit: Visit, read: Read) -> None:
    make.user("ada", role="author")
    visitor = visit(java_script_enabled=False)
    visitor.open("/write")
    visitor.page.get_by_label("Username or email").fill("ada")
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.button("Sign in").click()
    visitor.link("New post").click()
    visitor.page.get_by_label("Title").fill("Paper & ink")
    visitor.page.get_by_label("Body").fill("Some *words*.")
    visitor.page.get_by_label("Tags").fill("Craft, Books")
    visitor.button("Preview").click()
    expect(visitor.page.locator("#preview em")).to_have_text("words")
    expect(visitor.page.get_by_label("Title")).to_have_value("Paper & ink")
    visitor.button("Publish").click()
    expect(visitor.page.locator(".editor-state")).to_contain_text("Published")
    visitor.link("View post").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Paper & ink")
    visitor.link("Edit this post").click()
    visitor.button("Withdraw").click()
    expect(visitor.page.locator(".editor-state")).to_contain_text("Draft")
    (post,) = read.all(Post)
    assert not post.is_released


@pytest.fixture
def plain(shared: Post, visit: Visit) -> Visitor:
    """Ada, who types into her draft and goes away without saving."""
    visitor = visit(java_script_enabled=False)
    visitor.sign_in("ada")
    visitor.open("/write")
    visitor.open(f"/write/{shared.id}")
    body(visitor).fill("Typed and left.")
    visitor.link("History").click()
    return visitor


def test_back_brings_unsaved_words_back_where_nothing_else_was_saved(plain: Visitor, read: Read) -> None:
    plain.page.go_back()
    expect(body(plain)).to_have_value("Typed and left.")
    plain.button("Save draft").click()
    assert newest(read) == "Typed and left."


def test_back_puts_no_old_words_over_newer_ones(plain: Visitor, make: Make, shared: Post, visit: Visit) -> None:
    make.user("eve", role="editor")
    eve = visit(java_script_enabled=False)
    eve.sign_in("eve")
    eve.open(f"/write/{shared.id}")
    body(eve).fill("Eve was here.")
    eve.button("Save draft").click()
    plain.page.go_back()
    expect(body(plain)).to_have_value("Eve was here.")


def test_back_after_a_save_shows_what_was_saved(plain: Visitor, shared: Post, read: Read) -> None:
    plain.open(f"/write/{shared.id}")
    body(plain).fill("First.")
    plain.button("Save draft").click()
    body(plain).fill("Second.")
    plain.button("Save draft").click()
    plain.link("History").click()
    plain.page.go_back()
    expect(body(plain)).to_have_value("Second.")
    plain.button("Save draft").click()
    assert newest(read) == "Second."
