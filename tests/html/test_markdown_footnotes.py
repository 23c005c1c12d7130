"""Footnotes."""

import re

from web.html.markdown import render_post


def test_a_note_and_its_mark_lead_to_each_other() -> None:
    html = render_post("Text.[^a]\n\n[^a]: The *note*.").html
    mark = '<a href="#text-fn:1" id="text-fnref:1" role="doc-noteref" aria-label="Footnote 1">1</a>'
    assert f'<sup class="footnote-ref">{mark}</sup>' in html
    assert '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n<li id="text-fn:1">' in html
    assert '<a href="#text-fnref:1" class="footnote-backref" role="doc-backlink" aria-label="Back to the text">' in html


def test_a_note_used_twice_has_two_ways_back() -> None:
    html = render_post("A[^1] B[^1]\n\n[^1]: N").html
    assert 'id="text-fnref:1"' in html
    assert 'id="text-fnref:1:2"' in html
    assert html.count("footnote-backref") == 2


def test_a_note_within_the_sentence() -> None:
    html = render_post("A ^[an *inline* note] B").html
    assert '<li id="text-fn:1"><p>an <em>inline</em> note' in html


def test_every_link_of_a_footnote_finds_its_end() -> None:
    html = render_post("a[^1] b^[x] c[^2] d[^1]\n\n## fn 1\n\n## fnref\n\n[^1]: One ^[nested]\n[^2]: Two").html
    ids = re.findall(r' id="([^"]+)"', html)
    targets = re.findall(r' href="#([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


def test_an_unknown_mark_stays_text() -> None:
    assert render_post("a[^nowhere]").html == "<p>a[^nowhere]</p>\n"


def test_an_unused_note_is_not_shown() -> None:
    assert render_post("a\n\n[^1]: unused").html == "<p>a</p>\n"


def test_a_note_may_have_several_blocks() -> None:
    html = render_post("a[^1]\n\n[^1]: First.\n\n    ```sql\n    SELECT 1\n    ```").html
    assert '<span class="k">SELECT</span>' in html
