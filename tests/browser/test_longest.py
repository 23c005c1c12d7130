"""A text of a million characters in a real browser, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.typing_words import body, put
from tests.browser.visitor import Visitor
from tests.drafts.test_longest import LONGEST
from tests.support.dialects import on_sqlite
from tests.support.reading import Read
from web.models.post import Post

pytestmark = on_sqlite


def has_text(visitor: Visitor, text: str) -> bool:
    """Whether that is what stands in the editor. A million characters are nothing for the report of a failed test."""
    return body(visitor).input_value() == text


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with-script", "without"])
def test_it_is_saved_opened_and_published_and_one_character_more_stays(
    visit: Visit, shared: Post, read: Read, java_script_enabled: bool
) -> None:
    ada = visit(java_script_enabled=java_script_enabled)
    ada.sign_in("ada")
    ada.open(f"/write/{shared.id}")
    put(ada, LONGEST + "x")
    ada.page.get_by_label("Tags").fill("one, two")
    ada.button("Save draft").click()
    expect(ada.page.locator("#body-error")).to_contain_text("at most 1,000,000 characters; this has 1,000,001")
    expect(ada.page.get_by_label("Tags")).to_have_value("one, two")
    assert has_text(ada, LONGEST + "x")
    put(ada, LONGEST)
    ada.button("Save draft").click()
    expect(ada.page.locator("body")).to_contain_text("Draft saved.", timeout=60_000)
    ada.open(f"/write/{shared.id}")
    assert has_text(ada, LONGEST)
    ada.button("Publish").click()
    expect(ada.page.locator(".editor-state")).to_contain_text("Published", timeout=60_000)
    (post,) = read.all(Post)
    assert post.is_released
    assert len(post.body) == len(LONGEST)
