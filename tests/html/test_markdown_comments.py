"""The Markdown of comments."""

import pytest

from web.html.markdown import render_comment

CASES = [
    ("line breaks stay", "one\ntwo", "<p>one<br>\ntwo</p>"),
    ("emphasis", "*a* **b**", "<em>a</em> <strong>b</strong>"),
    ("code", "`x < y`", "<code>x &lt; y</code>"),
    ("quote", "> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
    ("list", "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("numbered list", "2. a", '<ol start="2">'),
    ("link", "[a](https://a.example/)", '<a href="https://a.example/" rel="nofollow ugc">a</a>'),
    (
        "bare address",
        "https://a.example/x.",
        '<a href="https://a.example/x" rel="nofollow ugc">https://a.example/x</a>.',
    ),
    ("link to another comment", "[above](#comment-12)", '<a href="#comment-12" rel="nofollow ugc">above</a>'),
    (
        "fenced code",
        "```sql\nSELECT 1\n```",
        '<div class="highlight"><pre tabindex="0"><code><span class="k">SELECT</span>',
    ),
    ("heading as typed", "# Loud", "<p># Loud</p>"),
    ("underlined heading as typed", "Loud\n====", "<p>Loud<br>\n====</p>"),
    ("rule as typed", "---", "<p>---</p>"),
    ("image as typed", "![x](https://a.example/p.png)", "![x]("),
    ("image with a reference as typed", "![x]", "<p>![x]</p>"),
    ("table as typed", "| a |\n|---|\n| b |", "<p>| a |<br>\n|---|<br>\n| b |</p>"),
    ("footnote as typed", "a[^1]", "<p>a[^1]</p>"),
    ("task list as typed", "- [ ] a", "<li>[ ] a</li>"),
    ("definition of a reference as typed", "[x]: https://spam.example", "<p>[x]: "),
    ("raw HTML as typed", "<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
    ("block of HTML as typed", "<div>\nx\n</div>", "<p>&lt;div&gt;<br>\nx<br>\n&lt;/div&gt;</p>"),
    ("script as typed", "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
    ("comment of HTML as typed", "<!-- hidden -->", "&lt;!-- hidden --&gt;"),
    ("javascript link as typed", "[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_comment_becomes(text: str, expected: str) -> None:
    assert expected in render_comment(text)


@pytest.mark.parametrize(
    "text", ["![x](https://a.example/p.png)", "[![x](/p.png)](https://a.example)", "![x][y]\n\n[y]: /p.png"]
)
def test_no_image_in_a_comment(text: str) -> None:
    assert "<img" not in render_comment(text)


@pytest.mark.parametrize("text", ["# a", "a\n=", "| a |\n|-|", "<h2 id=x>a</h2>", "<p onclick=x>", "- [x] a"])
def test_a_comment_has_only_its_few_elements(text: str) -> None:
    assert not any(f"<{tag}" in render_comment(text) for tag in ("h1", "h2", "table", "input", "img", "form"))
