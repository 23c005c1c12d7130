"""Brings a folder of Markdown files into a blog. Each file is a unit of work of its own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from web.blog.queries import load_blog
from web.database import Database
from web.drafts.slugs import SlugTakenError, to_slug
from web.transfer.front_matter import read_post_file
from web.transfer.post_file import PostFile, PostFileError
from web.transfer.storing import LEFT_ALONE, Outcome, Terms, store


@dataclass
class Report:
    """What became of the files. What was left alone is a pair of a file and why; the others of a file and words."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    left_alone: list[tuple[Path, Outcome]] = field(default_factory=list)
    failures: list[tuple[Path, str]] = field(default_factory=list)
    warnings: list[tuple[Path, str]] = field(default_factory=list)


class MarkdownImport:
    """One import. Its `report` is complete when `run` has been through all files."""

    def __init__(self, database: Database, terms: Terms) -> None:
        self.report = Report()
        self._database = database
        self._terms = terms
        self._paths_by_slug: dict[str, Path] = {}
        with database.session(read_only=True) as session:
            self._zone = load_blog(session).time_zone

    def run(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Import the files in turn. Yields each one that is done with, whatever became of it."""
        for path in paths:
            try:
                self._import(path)
            except PostFileError as error:
                self.report.failures.append((path, error.reason))
            except SlugTakenError as error:
                self.report.failures.append((path, f"Another post has or had the address “{error.slug}”."))
            yield path

    def _import(self, path: Path) -> None:
        file = self._not_before_its_time(self._with_own_slug(read_post_file(path, self._zone)))
        with self._database.session() as session:
            outcome, _ = store(session, file, self._terms)
        self.report.outcomes[outcome] += 1
        if outcome in LEFT_ALONE:
            self.report.left_alone.append((path, outcome))
        if outcome in (Outcome.IMPORTED, Outcome.UPDATED):
            self.report.warnings += [(path, warning) for warning in file.warnings]

    def _with_own_slug(self, file: PostFile) -> PostFile:
        """Two files may have one name on different days: the later one's address gets its date, else a number."""
        slug, number = file.slug, 2
        while slug in self._paths_by_slug:
            day = f"{file.published_at:%Y-%m-%d}" if file.published_at and number == 2 else str(number)
            slug, number = to_slug(f"{file.slug}-{day}"), number + 1
        self._paths_by_slug[slug] = file.path
        if slug == file.slug:
            return file
        warning = f"its address is “{slug}”, because {self._paths_by_slug[file.slug].name} has “{file.slug}”"
        return replace(file, slug=slug, warnings=(*file.warnings, warning))

    def _not_before_its_time(self, file: PostFile) -> PostFile:
        if file.is_draft or file.published_at is None or file.published_at <= self._terms.now:
            return file
        warning = "its date is in the future: it was imported as a draft"
        return replace(file, is_draft=True, warnings=(*file.warnings, warning))
