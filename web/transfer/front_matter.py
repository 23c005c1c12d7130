"""Markdown files with front matter, as Jekyll, Hugo, Eleventy and their like have them."""

import re
import tomllib
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

import yaml

from web.html.forms import UNSTORABLE
from web.models.post import BODY_LIMIT
from web.transfer.dates import to_utc
from web.transfer.fields import Fields, within
from web.transfer.kramdown import without_attribute_lists
from web.transfer.liquid import from_liquid
from web.transfer.post_file import PostFile, PostFileError
from web.transfer.unshown import about_what_is_unshown

# UTF-8 needs at most four bytes for a character; what is longer need not be read.
SIZE_LIMIT = 4 * BODY_LIMIT + 100_000

_YAML = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BLANKS_AT_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"#{1,6}[ \t]+(.{1,1000}?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)|(\S.*)\n(?:=+|-+)[ \t]*(?:\n|\Z)")


def read_post_file(path: Path, zone: tzinfo = UTC) -> PostFile:
    """Read a Markdown file with YAML or TOML front matter.

    `zone` is the blog's time zone, for dates that name none. Raises PostFileError with a reason in plain
    words when the file cannot become a post.
    """
    text = _read(path)
    values, body = _split(text)
    fields = Fields(values, path.stem)
    body, warnings = _convert(body, fields.scalars())
    title, body = (fields.title, body) if fields.title else _title_from(body)
    slug = fields.slug(title)
    date = fields.date
    return PostFile(
        path=path,
        title=title,
        body=within(body, BODY_LIMIT, "body"),
        slug=slug,
        tags=fields.tags,
        authors=fields.authors,
        summary=fields.summary(),
        published_at=None if date is None else to_utc(date, zone),
        is_draft=fields.is_draft or "_drafts" in path.parts,
        old_addresses=fields.old_addresses(slug),
        warnings=tuple(dict.fromkeys([*fields.warnings, *warnings])),
    )


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise PostFileError(f"The file is larger than {SIZE_LIMIT:,} bytes.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise PostFileError(
            f"The file is not UTF-8: byte 0x{byte:02X} at position {error.start}. Please save it as UTF-8."
        ) from None
    except OSError as error:
        raise PostFileError(f"The file cannot be read: {error.strerror}.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split(text: str) -> tuple[dict[str, Any], str]:
    if match := _YAML.match(text):
        return _checked(_load_yaml(match[1])), text[match.end() :]
    if match := _TOML.match(text):
        return _checked(_load_toml(match[1])), text[match.end() :]
    if text.startswith(("---\n", "+++\n")):
        raise PostFileError(f"The front matter does not end: a line “{text[:3]}” is missing.")
    raise PostFileError("The file has no front matter. A post begins with a line “---”, its fields and another “---”.")


def _load_yaml(text: str) -> object:
    try:
        # Tabs at the end of a line are nothing to other YAML readers, and an error to this one.
        return yaml.safe_load(_BLANKS_AT_LINE_ENDS.sub("", text))
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise PostFileError(f"The front matter is not valid YAML{line}: {error.problem}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PostFileError(f"The front matter is not valid YAML: {error}.") from None


def _load_toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PostFileError(f"The front matter is not valid TOML: {error}.") from None


def _checked(values: object) -> dict[str, Any]:
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise PostFileError("The front matter is not a list of fields such as “title: My post”.")
    return {str(name): value for name, value in values.items()}


def _convert(body: str, variables: dict[str, str]) -> tuple[str, list[str]]:
    """What other engines put into Markdown, in words that this one knows."""
    without_liquid, warnings = from_liquid(body, variables)
    converted = without_attribute_lists(without_liquid)
    if UNSTORABLE.search(converted):
        warnings.append("control characters were taken out")
    stored = UNSTORABLE.sub("", converted).strip("\n")
    return stored, [*warnings, *about_what_is_unshown(stored)]


def _title_from(body: str) -> tuple[str, str]:
    """The first heading becomes the title, and is not repeated below it."""
    match = _FIRST_HEADING.match(body)
    if not match:
        raise PostFileError("The file has no title. Please add one to the front matter, like “title: My post”.")
    title = Fields({"title": match[1] or match[2]}, "").title
    return title, body[match.end() :].lstrip("\n")
