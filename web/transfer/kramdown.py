"""Attribute lists, by which Jekyll's Markdown names classes: `{: .wide #figure}`."""

import re

from web.transfer.outside_code import change_outside_code

_ATTRIBUTE = r"""(?:[.#][\w-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'))"""
_LIST = rf"\{{(?::[ \t]*(?:{_ATTRIBUTE}|toc)|{_ATTRIBUTE})(?:[ \t]+(?:{_ATTRIBUTE}|toc))*[ \t]*\}}"
# Where a table of contents was to stand, kramdown wants a list of one item before the mark.
_CONTENTS = re.compile(r"^[ \t]*(?:[-*+]|1\.)[ \t]+.*\n[ \t]*\{:[ \t]*toc[^}\n]*\}[ \t]*\n?", re.MULTILINE)
_LINE = re.compile(rf"^[ \t]*{_LIST}[ \t]*(?:\n|\Z)", re.MULTILINE)
_AT_END = re.compile(rf"[ \t]*{_LIST}(?=[ \t]*$)", re.MULTILINE)
_BEHIND_A_SPAN = re.compile(rf"(?<=[)\]*_`]){_LIST}")


def without_attribute_lists(text: str) -> str:
    """Return Markdown without attribute lists, and without the marks of tables of contents."""
    return change_outside_code(text, _strip)


def _strip(text: str) -> str:
    for pattern in (_CONTENTS, _LINE, _AT_END, _BEHIND_A_SPAN):
        text = pattern.sub("", text)
    return text
