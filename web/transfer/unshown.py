"""What of an imported post its readers will not see: elements that are not allowed, images left behind."""

import re

from web.html.markdown_elements import DROPPED_WITH_CONTENT
from web.transfer.outside_code import change_outside_code

_TAG = re.compile(r"<([a-zA-Z]+)\b")
_MISSED = DROPPED_WITH_CONTENT | {"audio", "button", "form", "select", "textarea", "video"}
_OWN_IMAGE = re.compile(r"""(?:!\[[^\]]*\]\(|<img\b[^>]*?\bsrc=["'])(/(?!/|static/|media/)[^)\s"'<>]+)""")


def about_what_is_unshown(markdown: str) -> list[str]:
    """Return warnings about elements and images that stand in the Markdown but will not be seen."""
    text: list[str] = []

    def collect(part: str) -> str:
        text.append(part)
        return part

    change_outside_code(markdown, collect)
    return [*_elements("\n".join(text)), *_images("\n".join(text))]


def _elements(text: str) -> list[str]:
    found = {name.lower() for name in _TAG.findall(text)} & _MISSED
    return [f"HTML <{name}> is not shown" for name in sorted(found)]


def _images(text: str) -> list[str]:
    return ["its images lie on the old site and were not copied"] if _OWN_IMAGE.search(text) else []
