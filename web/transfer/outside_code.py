"""Changes to Markdown that leave its code alone."""

import re
from collections.abc import Callable

# A fenced block up to its fence or the end of the text, or a code span within a line.
_CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE
)


def change_outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return Markdown with `change` made to each stretch of it that is no code."""
    parts = []
    position = 0
    for match in _CODE.finditer(text):
        parts += [change(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, change(text[position:])])
