"""No word is touched when an image does not arrive, and the writer is told."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.handing_over import EVIL, PRESS, TYPE, hand_over, references, set_cursor, text
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.reading import Read
from web.models.media import Media
from web.models.post import Post

pytestmark = on_sqlite


def test_before_a_line_images_are_paragraphs_of_their_own(paper: Visitor, read: Read) -> None:
    text(paper).fill("## A heading")
    set_cursor(paper, 0)
    hand_over(paper, "drop", PRESS, EVIL, TYPE, EVIL)
    expect(paper.page.locator("#uploads label")).to_have_count(2)
    expect(paper.page.locator("#uploads li")).to_have_count(2)
    press, letters = references(read, ["press.png", "type [old].png"])
    expect(text(paper)).to_have_value(f"{press}\n\n{letters}\n\n## A heading")


def test_what_failed_stays_in_sight_until_it_is_closed(paper: Visitor) -> None:
    text(paper).fill("Words.\n\n" * 200)
    hand_over(paper, "paste", EVIL)
    note = paper.page.locator("#uploads .notice")
    paper.page.mouse.wheel(0, 5000)
    expect(note).to_be_in_viewport(ratio=1)
    paper.button("Save draft").click()
    expect(paper.page.locator(".editor-state")).to_contain_text("Draft")
    expect(note).to_be_visible()
    note.get_by_role("button", name="Close").click()
    expect(note).to_have_count(0)
    expect(text(paper)).to_be_focused()


def test_a_refused_file_leaves_the_text_alone_and_says_why(paper: Visitor, read: Read) -> None:
    set_cursor(paper, 7)
    hand_over(paper, "paste", EVIL)
    expect(paper.page.locator("#uploads [role=status]")).to_contain_text("“evil.png” was not uploaded.")
    expect(paper.page.locator("#uploads .notice")).to_contain_text("was not uploaded. SVG and other XML files")
    expect(text(paper)).to_have_value("Before.\n\n\n\nAfter.")
    expect(paper.page.locator("#uploads li")).to_have_count(0)
    assert read.all(Media) == []


@pytest.mark.parametrize(
    ("status", "words"), [(None, "could not be reached"), (413, "larger than"), (500, "on our side")]
)
def test_a_failure_on_the_way_leaves_the_text_alone(paper: Visitor, status: int | None, words: str) -> None:
    def answer(route: Route) -> None:
        route.abort() if status is None else route.fulfill(status=status, body="<h1>No</h1>")

    paper.page.route("**/media", answer)
    hand_over(paper, "drop", PRESS)
    expect(paper.page.locator("#uploads .notice")).to_contain_text(words)
    expect(text(paper)).to_have_value("Before.\n\n\n\nAfter.")
    paper.troubles.clear()


def test_ending_the_session_is_said(paper: Visitor) -> None:
    paper.context.clear_cookies()
    hand_over(paper, "drop", PRESS)
    expect(paper.page.locator("#uploads .notice")).to_contain_text("You have been signed out")
    expect(text(paper)).to_have_value("Before.\n\n\n\nAfter.")


def test_readers_see_no_placeholder(paper: Visitor, read: Read) -> None:
    held = paper.hold("**/media")
    hand_over(paper, "drop", PRESS)
    expect(text(paper)).to_have_value("Before.\n\n![Uploading press.png…]()\n\nAfter.")
    paper.button("Publish").click()
    expect(paper.page.locator("#uploads .notice")).to_contain_text("Images are still being uploaded.")
    paper.let_go(held)
    expect(paper.page.locator("#uploads label")).to_be_visible()
    paper.button("Publish").click()
    expect(paper.page.locator(".editor-state")).to_contain_text("Published")
    (post,) = read.all(Post)
    assert post.body == text(paper).input_value()
    assert "Uploading" not in post.body_html


def test_a_placeholder_that_nobody_works_on_is_pointed_out(paper: Visitor) -> None:
    text(paper).fill("Before. ![Uploading press.png…]() After.")
    paper.button("Save draft").click()
    expect(paper.page.locator(".editor-state")).to_contain_text("Draft")
    paper.page.reload()
    expect(paper.page.locator("#uploads .notice")).to_contain_text("“Uploading press.png…” stands in the text")
    expect(text(paper)).to_have_value("Before. ![Uploading press.png…]() After.")


def test_it_can_be_cancelled(paper: Visitor, read: Read) -> None:
    paper.page.route("**/media", lambda route: None)
    hand_over(paper, "drop", *[(f"{number}.png", PRESS[1]) for number in range(5)])
    expect(paper.page.locator("#uploads li")).to_have_count(5)
    for number in (4, 0, 3, 1, 2):
        paper.button(f"Cancel {number}.png").click()
    expect(paper.page.locator("#uploads li")).to_have_count(0)
    assert text(paper).input_value().strip("\n").split() == ["Before.", "After."]
    assert read.all(Media) == []
