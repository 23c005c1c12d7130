"""What an import knows of a post before it becomes one."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


class PostFileError(Exception):
    """A file cannot become a post. `reason` says why in words for the owner."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class PostFile:
    """A Markdown file with front matter, read and checked against the limits of a post.

    `slug` is never empty. `published_at` is in UTC, or None where neither the front matter nor the file's name
    has a date. `old_addresses` are slugs under which the post could be found before. `warnings` name what
    was changed or could not be understood, for the owner to look at.
    """

    path: Path
    title: str
    body: str
    slug: str
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    published_at: datetime | None = None
    is_draft: bool = False
    old_addresses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
