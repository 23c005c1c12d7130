"""Warnings about what readers will not see."""

import pytest

from web.transfer.unshown import about_what_is_unshown


def test_elements_are_named_once_and_in_order() -> None:
    text = "<script>x</script>\n<iframe src=a></iframe> <IFRAME> <div> <form>"
    assert about_what_is_unshown(text) == [
        "HTML <form> is not shown",
        "HTML <iframe> is not shown",
        "HTML <script> is not shown",
    ]


def test_code_is_no_element() -> None:
    assert about_what_is_unshown("`<script>`\n\n```html\n<iframe>\n```\n") == []


@pytest.mark.parametrize(
    "text", ["![a](/assets/a.png)", "<img class='x' src='/b.png'>", "[![a](/a.png)](https://x.example)"]
)
def test_images_of_the_old_site_are_missed(text: str) -> None:
    assert about_what_is_unshown(text) == ["its images lie on the old site and were not copied"]


@pytest.mark.parametrize("text", ["![c](https://a.example/c.png)", "![s](/static/s.svg)", "![](//x/y)", "[a](/a.png)"])
def test_other_images_are_not(text: str) -> None:
    assert about_what_is_unshown(text) == []
