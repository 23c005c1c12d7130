"""Which files of a folder are posts."""

from collections.abc import Iterator
from pathlib import Path

SUFFIXES = frozenset({".md", ".markdown"})


def find_post_files(folder: Path) -> list[Path]:
    """Return the Markdown files of a folder and its folders, sorted; hidden ones are left out.

    Raises NotADirectoryError when there is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    return sorted(_markdown_files(folder))


def _markdown_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and not is_hidden and path.is_file():
            yield path
