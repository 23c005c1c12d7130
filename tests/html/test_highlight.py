"""Highlighted code."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from web.html.highlight import CLASSES, HIGHLIGHT_LIMIT, highlight
from web.html.sanitise import sanitise_post

SAMPLES = {
    "python": 'def f(x: int) -> str:\n    """Doc."""\n    return f"{x < 1}"  # end\n',
    "sql": "SELECT a.*, count(*) FROM post AS a WHERE b <> 'c''d' -- why\n",
    "html": '<p class="x">a &amp; b</p>\n<script>1 < 2</script>\n',
    "js": "const f = async (x) => `${x}` ?? /r<e/;\n",
    "c": "#include <stdio.h>\nint main(void) { return 0; }\n",
    "bash": 'echo "$HOME" && ls <(cat x)\n',
    "diff": "-a\n+b\n@@ 1 @@\n",
    "pycon": ">>> 1 < 2\nTrue\n",
    "text": "a < b & c\n",
}


@pytest.mark.parametrize(("language", "code"), SAMPLES.items())
def test_the_text_of_the_code_is_unchanged(language: str, code: str) -> None:
    assert unescape(re.sub(r"<[^>]*>", "", highlight(code, language))) == code


@pytest.mark.parametrize(("language", "code"), SAMPLES.items())
def test_the_sanitiser_lets_every_class_pass(language: str, code: str) -> None:
    html = highlight(code, language)
    assert sanitise_post(html) == html
    assert set(re.findall(r'class="([^"]+)"', html)) <= CLASSES


@pytest.mark.parametrize("code", ["", "\n", "\n\nx", "x", "  x\n\n", "\tx\n"])
@pytest.mark.parametrize("language", ["python", "sql", "", "text"])
def test_blank_lines_stay(code: str, language: str) -> None:
    assert unescape(re.sub(r"<[^>]*>", "", highlight(code, language))) == code


@pytest.mark.parametrize("language", ["", "zork", "../etc", "<b>", "py thon"])
def test_an_unknown_language_is_escaped_only(language: str) -> None:
    assert highlight("a < b & c", language) == "a &lt; b &amp; c"


def test_names_are_known_in_any_case() -> None:
    assert highlight("SELECT", "SQL") == highlight("SELECT", "sql") == '<span class="k">SELECT</span>'


def test_a_kind_without_a_class_has_its_parents() -> None:
    assert 'class="' in highlight("/** doc */", "java")


def test_a_very_long_listing_is_plain() -> None:
    assert "<span" in highlight("if 1: pass\n", "python")
    assert "<span" not in highlight("if 1: pass\n" * HIGHLIGHT_LIMIT, "python")


def test_threads_can_highlight_a_language_for_the_first_time() -> None:
    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _: highlight("fn main() { let x: u8 = 1; }", "rust"), range(32)))
    assert len(results) == 1
