"""The id of the element that shows an object, so that a fragment finds its place."""

import re
from functools import cache
from typing import Any

WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


def dom_id(thing: Any, prefix: str = "") -> str:
    """`comment-12` for a comment, `edit-comment-12` with a prefix, `new-comment` before it has a number."""
    number = thing.id if thing.id is not None else "new"
    return "-".join(part for part in (prefix, _words_of(type(thing).__name__), str(number)) if part)


@cache
def _words_of(name: str) -> str:
    return WORD_START.sub("-", name).lower()
