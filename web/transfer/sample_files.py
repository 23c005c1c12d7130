"""The sample content as it lies in files: posts in Markdown, and all around them in one TOML file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from web.transfer.arranging import Arrangement
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
    """A post with what was decided about it, and the comments below it."""

    file: PostFile
    arrangement: Arrangement = field(default_factory=Arrangement)
    comments: tuple[SampleComment, ...] = ()


@dataclass(frozen=True)
class Sample:
    """Everything that `colophon demo` puts into a blog."""

    settings: Mapping[str, str]
    announcement: Mapping[str, str]
    people: tuple[Mapping[str, str], ...] = field(default=())
    posts: tuple[SamplePost, ...] = field(default=())

    @property
    def shown(self) -> int:
        """How many posts and pages readers can see."""
        return sum(not post.file.is_draft for post in self.posts)


def read_sample(now: datetime) -> Sample:
    """Read the sample content, with dates that count back from `now`; the oldest post comes first."""
    values = tomllib.loads((FOLDER / "blog.toml").read_text("utf-8"))
    posts = sorted(_posts(values["posts"], now), key=lambda post: str(post.file.published_at))
    return Sample(values["settings"], values["announcement"], tuple(values["people"]), tuple(posts))


def _posts(rows: list[dict[str, Any]], now: datetime) -> Iterator[SamplePost]:
    for row in rows:
        moment = now - timedelta(days=row.get("days_ago", 0))
        file = read_post_file(FOLDER / "posts" / row["file"])
        # What appears by itself later on is a draft until it is scheduled.
        is_draft = file.is_draft or "days_ahead" in row
        file = replace(file, published_at=moment, is_draft=is_draft)
        yield SamplePost(file, _arrangement(row, now), tuple(_comments(row.get("comments", []), moment)))


def _arrangement(row: dict[str, Any], now: datetime) -> Arrangement:
    return Arrangement(
        series=row.get("series", ""),
        menu_order=row.get("menu_order"),
        is_featured=row.get("featured", False),
        is_unlisted=row.get("unlisted", False),
        is_in_review=row.get("in_review", False),
        appears_at=now + timedelta(days=row["days_ahead"]) if "days_ahead" in row else None,
    )


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
