"""Code, tables and task lists."""

import pytest

from web.html.markdown import render_post


def test_code_is_highlighted() -> None:
    html = render_post("```python\ndef f():\n    return 1\n```").html
    assert html.startswith('<div class="highlight"><pre tabindex="0"><code><span class="k">def</span>')
    assert html.endswith("</code></pre></div>\n")


@pytest.mark.parametrize("info", ["py", "Python", 'python title="x.py"', "{python}", "{.python}", "  python  "])
def test_the_language_is_the_first_word(info: str) -> None:
    assert '<span class="k">return</span>' in render_post(f"```{info}\nreturn 1\n```").html


@pytest.mark.parametrize("info", ["", "zork", "<script>", "{}", "mermaid2"])
def test_an_unknown_language_is_plain(info: str) -> None:
    expected = '<div class="highlight"><pre tabindex="0"><code>a &lt; b\n</code></pre></div>\n'
    assert render_post(f"```{info}\na < b\n```").html == expected


def test_indented_code_is_plain() -> None:
    assert '<code>x = "&amp;"\n</code>' in render_post('    x = "&"').html


def test_blank_lines_at_the_start_of_code_stay() -> None:
    assert "<code>\n\nx\n</code>" in render_post("```\n\n\nx\n```").html


def test_a_table_scrolls_in_a_named_region() -> None:
    html = render_post("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |").html
    assert html.startswith('<div class="table-scroll" role="region" tabindex="0" aria-label="Table">\n<table>')
    assert html.endswith("</table>\n</div>\n")
    assert '<th scope="col">a</th>\n<th scope="col" class="align-center">b</th>' in html
    assert '<td>1</td>\n<td class="align-center">2</td>\n<td class="align-end">3</td>' in html
    assert "style" not in html


def test_a_tables_row_may_be_short() -> None:
    assert "<td></td>" in render_post("| a | b |\n|---|---|\n| 1 |").html


def test_the_boxes_of_a_task_list_say_what_they_mean() -> None:
    html = render_post("- [x] set *type*\n- [ ] print\n- bind").html
    box = '<input type="checkbox" disabled="" class="task-list-item-checkbox"'
    assert html.startswith('<ul class="contains-task-list">\n')
    assert f'<li class="task-list-item">{box} checked="" aria-label="Done"> set <em>type</em></li>' in html
    assert f'<li class="task-list-item">{box} aria-label="To do"> print</li>' in html
    assert "<li>bind</li>" in html


def test_the_box_stands_in_the_paragraph_of_a_loose_list() -> None:
    assert '<p><input type="checkbox"' in render_post("- [x] a\n\n- [ ] b").html


@pytest.mark.parametrize(
    "text", ["- [x] ```\n  code\n  ```", "- [ ] > quote", "- [x]", "- [y] a", "[x] a", "- [ ] # heading"]
)
def test_odd_task_lists_do_not_fail(text: str) -> None:
    assert render_post(text).html


def test_nobody_can_make_another_control() -> None:
    html = render_post('<input type="password" name="password" value="x" form="f"> <input>').html
    assert html == '<p><input type="checkbox" disabled=""> <input type="checkbox" disabled=""></p>\n'
