"""An editor brings the versions of two others together: on a phone and on a desk, with and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.typing_words import BODY
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.user import User

pytestmark = on_sqlite
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture
def conflict(make: Make, ada: User, shared: Post) -> PostRevision:
    """Ada's words, which wait: Grace saved others at the same place."""
    grace = make.user("grace", role="author", display_name="Grace Brewster Hopper")
    make.user("ed", role="editor", display_name="Ed")
    base = make.revision(shared, ada)
    make.revision(shared, grace, body=BODY + " Grace wrote this.", base=base)
    body = BODY + " Ada wrote that."
    return make.revision(shared, ada, body=body, base=base, kind=PostRevisionType.CONFLICT, is_pending=True)


def is_wider_than_the_screen(visitor: Visitor) -> bool:
    return bool(visitor.page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize(
    "options",
    [{"viewport": size} | script for size in (PHONE, DESK) for script in ({}, {"java_script_enabled": False})],
    ids=["phone", "phone without JavaScript", "desk", "desk without JavaScript"],
)
def test_an_editor_reads_who_wrote_what_and_decides(
    visit: Visit, shared: Post, conflict: PostRevision, read: Read, options: dict[str, Any]
) -> None:
    editor = visit(**options)
    editor.sign_in("ed")
    editor.open(f"/write/{shared.id}/conflicts/{conflict.id}")
    expect(editor.page.locator(".lede")).to_contain_text(
        "by Grace Brewster Hopper. Everything that Ada typed is stored."
    )
    expect(editor.page.locator(".conflict-whose")).to_have_text(["Ada’s", "Grace Brewster Hopper’s"])
    assert not is_wider_than_the_screen(editor)
    editor.page.get_by_label("Keep both, Ada’s first").check()
    editor.button("Save the decision").click()
    expect(editor.page.locator(".flashes")).to_contain_text("Your decision is saved.")
    editor.check_whole_page()
    assert read.all(Post)[0].body == BODY + " Ada wrote that.\n\nThird paragraph. Grace wrote this."
