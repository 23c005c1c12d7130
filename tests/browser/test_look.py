"""Themes, keyboards, small screens: pages that nobody has to fight with."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from web.html.markdown import render_post
from web.html.pictures import Picture
from web.settings import find_folder

pytestmark = on_sqlite

CELLS = "| averylongword " * 12 + "|"
WIDE = f"""## Heading

{CELLS}
{"|---" * 12}|
{CELLS}

```python
print("{"a line of code much wider than any telephone " * 4}")
```

{"x" * 300}[^1]

[^1]: {"y" * 300}
"""


@pytest.fixture
def everything(make: Make) -> Make:
    """A blog with something on each page."""
    ada = make.user("ada", role="owner", display_name="Ada of the very long name that goes on")
    title = "A title with a Donaudampfschifffahrtsgesellschaftskapitän"
    post = make.post(ada, title=title, tags="paper", body=WIDE, body_html=render_post(WIDE).html)
    parent = None
    for number in range(6):
        parent = make.comment(post, ada, body=f"{'word' * 40} {number}", parent=parent)
    make.comment(post, status="pending", body="Guest words.")
    make.message(ada, subject="A message", body="With words.")
    make.media(ada, Picture("0" * 32, 3000, 200, "png"), file_name="x" * 100 + ".png")
    return make


PAGES = ["/", "/posts/a-title-with-a-donaudampfschifffahrtsgesellschaftskapitan", "/archive", "/tags", "/tags/paper"]
PAGES += ["/authors/ada", "/sign-in", "/nothing"]
OWN_PAGES = ["/write", "/write/new", "/write/1", "/account", "/messages", "/messages/new", "/manage"]
OWN_PAGES += ["/media", "/media/1", "/media/1/deletion"]
OWN_PAGES += ["/manage/comments", "/manage/people", "/manage/settings"]


def test_a_phone_scrolls_one_way_only(everything: Make, visit: Visit) -> None:
    visitor = visit(viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True)
    for path in PAGES:
        visitor.open(path)
        check_width(visitor, path)
    visitor.sign_in("ada")
    for path in OWN_PAGES:
        visitor.open(path)
        check_width(visitor, path)


TOO_WIDE = """() => {
  const visible = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= visible) return [];
  const sticksOut = e => e.getBoundingClientRect().right > visible + 0.5;
  return [...document.querySelectorAll('body *')].filter(sticksOut).map(e => e.tagName + '.' + e.className);
}"""


def check_width(visitor: Visitor, path: str) -> None:
    assert visitor.page.evaluate(TOO_WIDE) == [], f"{path} is too wide"


def background(visitor: Visitor) -> str:
    found: str = visitor.page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    return found


def test_a_chosen_theme_is_kept(everything: Make, visit: Visit) -> None:
    visitor = visit()
    visitor.page.emulate_media(color_scheme="light")
    visitor.open("/")
    light = background(visitor)
    visitor.page.get_by_label("Dark").check()
    assert (dark := background(visitor)) != light
    visitor.page.reload()
    assert background(visitor) == dark
    visitor.open("/archive")
    assert background(visitor) == dark
    expect(visitor.page.get_by_label("Dark")).to_be_checked()
    visitor.page.get_by_label("System").check()
    assert background(visitor) == light


@pytest.mark.parametrize("is_scripted", [True, False])
def test_without_a_choice_the_system_decides(everything: Make, visit: Visit, is_scripted: bool) -> None:
    visitor = visit(java_script_enabled=is_scripted)
    visitor.open("/")
    seen = set()
    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme)
        seen.add(background(visitor))
    assert len(seen) == 2


def test_the_keyboard_reaches_the_content_first(everything: Make, visit: Visit) -> None:
    visitor = visit()
    visitor.open(PAGES[1])
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")


FOCUS = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const shown = e.matches(':focus-visible') && [e, e.closest('label'), e.parentElement, e.nextElementSibling]
    .filter(Boolean).some(x => { const s = getComputedStyle(x);
      return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; });
  return [e.tagName + ' ' + (e.textContent || e.name || '').trim().slice(0, 30), shown];
}"""


@pytest.mark.parametrize("path", ["/", PAGES[1], "/sign-in"])
def test_the_keyboard_always_shows_where_it_is(everything: Make, visit: Visit, path: str) -> None:
    visitor = visit()
    visitor.open(path)
    stops: list[Any] = []
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        stop = visitor.page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) >= 8
    assert [name for name, is_shown in stops if not is_shown] == []


def test_a_comment_can_be_written_without_a_mouse(everything: Make, visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("ada")
    visitor.open(PAGES[1])
    visitor.page.get_by_label("Comment", exact=True).focus()
    visitor.page.keyboard.type("Typed, never clicked.")
    visitor.page.keyboard.press("Tab")
    expect(visitor.button("Post comment")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(visitor.comment("Typed, never clicked.")).to_be_visible()


def test_nothing_moves_for_whoever_does_not_want_it(everything: Make, visit: Visit) -> None:
    visitor = visit()
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.open("/")
    durations = visitor.page.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e))"
        ".flatMap(s => [...s.transitionDuration.split(','), ...s.animationDuration.split(',')]).map(parseFloat)"
    )
    assert max(durations) <= 0.01


def test_a_page_does_not_jump_while_it_loads(everything: Make, visit: Visit) -> None:
    # A page of its own, because the script stays with it.
    visitor = visit(locale="en-GB")
    visitor.page.add_init_script(
        "window.shift = 0;"
        "new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    for path in PAGES[:2]:
        visitor.page.goto(visitor.url + path, wait_until="networkidle")
        assert visitor.page.evaluate("window.shift") < 0.02


RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(rule => rule.cssText);
}"""


def test_styles_mean_the_same_as_they_were_written(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/")
    page = visitor.page
    folder = Path(find_folder("static"))
    for path in folder.glob("css/*.css"):
        served = page.evaluate("name => fetch(`/static/css/${name}`).then(answer => answer.text())", path.name)
        assert "/*" not in served
        assert page.evaluate(RULES, served) == page.evaluate(RULES, path.read_text())
