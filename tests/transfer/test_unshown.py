"""Warnings about what readers will not see."""

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


def test_images_of_the_old_site_are_named() -> None:
    text = (
        "![a](/assets/a.png) <img class='x' src='/b.png'> ![c](https://a.example/c.png) ![s](/static/s.svg) ![](//x/y)"
    )
    assert about_what_is_unshown(text) == ["the image /assets/a.png is not copied", "the image /b.png is not copied"]
