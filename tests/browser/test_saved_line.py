"""The quiet line that says when the words were saved stays in sight while somebody types, on a phone too."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from tests.browser.conftest import Visit
from tests.browser.handing_over import PRESS, TYPE, hand_over
from tests.browser.typing_words import body, saved, type_at_end
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from web.database.database import Database
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.user import User

pytestmark = on_sqlite
PHONE = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}
LYING = {"viewport": {"width": 800, "height": 360}, "is_mobile": True, "has_touch": True}
WITH_KEYBOARD = 320
SHIFTS = """window.shift = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: 'layout-shift'});"""
# Whether what is nearest to the reader's eyes in the middle of the line is the line.
IS_SEEN = """line => {
  const {left, top, right, bottom} = line.getBoundingClientRect();
  return line.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""
GAP = """line => document.getElementById("body").getBoundingClientRect().top - line.getBoundingClientRect().bottom"""


@pytest.fixture
def long(make: Make, ada: User) -> Post:
    return make.post(
        ada, title="Long", body="\n\n".join(f"Paragraph {number}." for number in range(60)), published=False
    )


def opened(visit: Visit, post: Post, **options: object) -> Visitor:
    visitor = visit(**options)
    visitor.sign_in("ada")
    visitor.open(f"/write/{post.id}")
    return visitor


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [PHONE, LYING], ids=["upright", "lying"])
def test_it_stays_in_sight_while_one_types_on_a_phone(
    visit: Visit, long: Post, options: dict[str, object], scheme: str
) -> None:
    writer = opened(visit, long, color_scheme=scheme, **options)
    assert saved(writer).evaluate(GAP) >= 0
    body(writer).tap()
    # What the keyboard leaves of the page.
    writer.page.set_viewport_size({"width": options["viewport"]["width"], "height": WITH_KEYBOARD})
    body(writer).press("Control+End")
    body(writer).evaluate("text => scrollBy(0, text.getBoundingClientRect().bottom - innerHeight)")
    writer.page.wait_for_timeout(300)
    writer.page.evaluate(SHIFTS)
    writer.page.keyboard.type(" More.")
    expect(saved(writer)).to_contain_text("Saved")
    expect(saved(writer)).to_be_in_viewport(ratio=1)
    assert saved(writer).evaluate(IS_SEEN)
    assert saved(writer).bounding_box()["height"] <= 40
    assert writer.page.evaluate("window.shift") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_uploaded_and_the_line_do_not_cover_each_other_on_a_phone(
    visit: Visit, long: Post, scheme: str
) -> None:
    writer = opened(visit, long, color_scheme=scheme, **PHONE | {"viewport": {"width": 360, "height": 740}})
    held = writer.hold("**/media")
    body(writer).press("Control+End")
    hand_over(writer, "paste", PRESS, TYPE)
    body(writer).evaluate("text => scrollBy(0, text.getBoundingClientRect().bottom - innerHeight)")
    expect(saved(writer)).to_contain_text("Saved")
    panel = writer.page.locator("#uploads")
    expect(panel.get_by_role("progressbar")).to_have_count(2)
    for seen in (panel, saved(writer)):
        expect(seen).to_be_in_viewport(ratio=1)
        assert seen.evaluate(IS_SEEN)
    above, below = panel.bounding_box(), saved(writer).bounding_box()
    assert 0 <= below["y"] - (above["y"] + above["height"]) <= 1
    assert above["height"] <= 0.4 * 740
    body(writer).evaluate("text => text.scrollIntoView({block: 'start'})")
    assert saved(writer).evaluate(GAP) >= 0
    assert len(held) == 2
    writer.page.unroute_all(behavior="ignoreErrors")


def test_the_first_line_of_the_text_is_not_behind_it(visit: Visit, long: Post) -> None:
    writer = opened(visit, long, **PHONE)
    body(writer).evaluate("text => scrollBy(0, text.getBoundingClientRect().top + 200)")
    body(writer).evaluate("text => text.scrollIntoView({block: 'start'})")
    assert saved(writer).evaluate(GAP) >= 0
    expect(saved(writer)).to_be_in_viewport(ratio=1)


def test_on_a_wide_screen_it_stands_beside_the_buttons(visit: Visit, long: Post) -> None:
    writer = opened(visit, long)
    body(writer).press("Control+End")
    writer.page.keyboard.type(" More.")
    expect(saved(writer)).to_contain_text("Saved")
    expect(saved(writer)).to_be_in_viewport(ratio=1)
    button, line = writer.button("Save draft").bounding_box(), saved(writer).bounding_box()
    assert abs(button["y"] - line["y"]) < 30


def test_without_javascript_no_room_is_kept_for_it(visit: Visit, long: Post) -> None:
    writer = opened(visit, long, java_script_enabled=False, **PHONE)
    assert saved(writer).bounding_box()["height"] == 0


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_it_says_that_nothing_is_saved_when_the_session_has_ended(
    visit: Visit, long: Post, database: Database, options: dict[str, object]
) -> None:
    writer = opened(visit, long, **options)
    type_at_end(writer, " One.")
    expect(saved(writer)).to_contain_text("Saved")
    with database.session() as session:
        session.execute(delete(LoginSession))
    type_at_end(writer, " Two.")
    expect(saved(writer)).to_have_text("Not saved: you have been signed out. Sign in above the text")
    expect(saved(writer)).to_be_in_viewport(ratio=1)
    writer.link("Sign in above the text").click()
    login = writer.page.get_by_label("Username or email")
    expect(login).to_be_focused()
    expect(login).to_be_in_viewport(ratio=1)
    assert login.evaluate(IS_SEEN)
    login.fill("ada")
    writer.page.get_by_label("Password").fill(PASSWORD)
    writer.page.get_by_label("Password").press("Enter")
    expect(saved(writer)).to_contain_text("Saved")


def test_it_says_that_nothing_is_saved_when_the_right_was_taken_away(
    visit: Visit, long: Post, ada: User, database: Database
) -> None:
    writer = opened(visit, long)
    with database.session() as session:
        session.get_one(User, ada.id).role_lookup_code = "reader"
    type_at_end(writer, " More.")
    expect(saved(writer)).to_have_text("Not saved. See why above the text")
    writer.link("See why above the text").click()
    expect(writer.page.locator("#editor-door")).to_be_in_viewport()


def test_it_says_that_nothing_is_saved_when_the_blog_refuses_to_take_it(visit: Visit, long: Post) -> None:
    writer = opened(visit, long)
    writer.page.route(
        "**/autosave", lambda route: route.fulfill(status=413, body="<!doctype html><title>Too large</title>")
    )
    type_at_end(writer, " More.")
    expect(saved(writer)).to_contain_text("Not saved: the blog refused your words.")
    writer.page.unroute_all()
