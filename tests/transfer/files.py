"""Makes files for imports to read."""

from collections.abc import Callable
from pathlib import Path

Write = Callable[..., Path]


def front(fields: str, body: str = "Text.") -> str:
    """The text of a file: front matter and body."""
    return f"---\n{fields}\n---\n{body}\n"
