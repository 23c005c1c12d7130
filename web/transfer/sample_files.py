"""The sample content as it lies in files: posts in Markdown, and all around them in one TOML file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from web.transfer.front_matter import read_post_file
from web.transfer.post_file import PostFile

FOLDER = Path(__file__).parent / "sample"


@dataclass(frozen=True)
class SampleComment:
    """A comment, when it was written, and what answers it. Guests have a name and no username."""

    body: str
    moment: datetime
    by: str = ""
    guest_name: str = ""
    guest_email: str = ""
    replies: tuple["SampleComment", ...] = ()


@dataclass(frozen=True)
class SamplePost:
    """A post with the comments below it."""

    file: PostFile
    comments: tuple[SampleComment, ...] = ()


@dataclass(frozen=True)
class Sample:
    """Everything that `colophon demo` puts into a blog."""

    settings: Mapping[str, str]
    announcement: Mapping[str, str]
    people: tuple[Mapping[str, str], ...] = field(default=())
    posts: tuple[SamplePost, ...] = field(default=())


def read_sample(now: datetime) -> Sample:
    """Read the sample content, with dates that count back from `now`; the oldest post comes first."""
    values = tomllib.loads((FOLDER / "blog.toml").read_text("utf-8"))
    posts = sorted(_posts(values["posts"], now), key=lambda post: str(post.file.published_at))
    return Sample(values["settings"], values["announcement"], tuple(values["people"]), tuple(posts))


def _posts(rows: list[dict[str, Any]], now: datetime) -> Iterator[SamplePost]:
    for row in rows:
        moment = now - timedelta(days=row["days_ago"])
        file = replace(read_post_file(FOLDER / "posts" / row["file"]), published_at=moment)
        yield SamplePost(file, tuple(_comments(row.get("comments", []), moment)))


def _comments(rows: list[dict[str, Any]], after: datetime) -> Iterator[SampleComment]:
    for row in rows:
        moment = after + timedelta(hours=row["hours"])
        yield SampleComment(
            row["body"].strip(),
            moment,
            row.get("by", ""),
            row.get("guest_name", ""),
            row.get("guest_email", ""),
            tuple(_comments(row.get("replies", []), moment)),
        )
