"""The fields of front matter, under all the names that blog engines gave them."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from web.drafts.slugs import to_slug
from web.html.forms import UNSTORABLE
from web.html.markdown import render_post
from web.html.text import plain_text, shorten
from web.models.post import SLUG_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT
from web.models.tag import TAG_LIMIT
from web.revisions.words import split_tags
from web.transfer.post_file import PostFileError

AUTHOR_LIMIT = 100

USED = frozenset(
    "title date slug tags tag authors author summary excerpt description draft published permalink url redirect_from "
    "aliases".split()
)
# How the old site laid a page out: nothing that a reader would miss.
WITHOUT_MEANING = frozenset("layout hero toc comments lang id type weight lastmod updated last_modified_at".split())

_DATE_IN_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_TAG_IN_TITLE = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|em|i|mark|q|s|small|span|strong|sub|sup)\b[^<>]*>", re.IGNORECASE
)
_NO = frozenset({"false", "no", "off", "0", "n"})
_YES = frozenset({"true", "yes", "on", "1", "y"})


class Fields:
    """Reads the front matter of one file; what it has to say about it collects in `warnings`."""

    def __init__(self, values: Mapping[str, Any], stem: str) -> None:
        self._values = {name.lower().replace("-", "_"): value for name, value in values.items()}
        self._stem = stem
        self.warnings = [f"front matter “{shorten(name, 40)}” is not used" for name in self._unknown()]

    @property
    def title(self) -> str:
        """The title without markup; empty when there is none. Raises PostFileError when it is too long."""
        text = unescape(_TAG_IN_TITLE.sub("", self._text("title")))
        return within(" ".join(text.split()), TITLE_LIMIT, "title")

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, without repetitions. Raises PostFileError when one is too long."""
        names = self._list("tags") or self._list("tag")
        return tuple(dict.fromkeys(within(name, TAG_LIMIT, f"tag “{name}”") for name in names))

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors. Raises PostFileError when one is too long."""
        names = self._list("authors") or self._list("author")
        return tuple(dict.fromkeys(within(name, AUTHOR_LIMIT, f"author “{name}”") for name in names))

    def summary(self) -> str:
        """The summary as plain text, shortened with a warning where it is too long."""
        markdown = next(filter(None, map(self._text, ("summary", "excerpt", "description"))), "")
        text = plain_text(render_post(markdown).html)
        if len(text) > SUMMARY_LIMIT:
            self.warnings.append(f"the summary was shortened to {SUMMARY_LIMIT} characters")
        return shorten(text, SUMMARY_LIMIT)

    @property
    def date(self) -> object:
        """The date of the front matter, else the one in the file's name, else None."""
        value = self._values.get("date")
        match = _DATE_IN_NAME.fullmatch(self._stem)
        if value not in (None, ""):
            return value
        return "-".join(part.zfill(2) for part in match.groups()[:3]) if match else None

    @property
    def is_draft(self) -> bool:
        """Whether the post was not to be seen yet."""
        return self._is("draft", default=False) or not self._is("published", default=True)

    def slug(self, title: str) -> str:
        """From `slug`, else the permalink, else the file's name, else the title. Raises PostFileError."""
        given = within(self._text("slug"), SLUG_LIMIT, "slug")
        match = _DATE_IN_NAME.fullmatch(self._stem)
        name = match[4] if match else self._stem
        slug = next(filter(None, map(to_slug, (given, *self._permalinks(), name, title))), "")
        if not slug:
            raise PostFileError("No address can be made of its name or title. Please add a slug, like “slug: my-post”.")
        return slug

    def old_addresses(self, slug: str) -> tuple[str, ...]:
        """Slugs that led to the post, other than its own."""
        redirects = [_last_part(address) for name in ("redirect_from", "aliases") for address in self._list(name)]
        slugs = map(to_slug, (*self._permalinks(), *redirects))
        return tuple(dict.fromkeys(old for old in slugs if old and old != slug))

    def scalars(self) -> dict[str, str]:
        """All single values as text, for the places in the body that ask for them."""
        return {name: self._text(name) for name, value in self._values.items() if not isinstance(value, (list, dict))}

    def _unknown(self) -> Iterator[str]:
        for name, value in self._values.items():
            if name not in USED and name not in WITHOUT_MEANING and value not in (None, "", [], False):
                yield name

    def _text(self, name: str) -> str:
        value = self._values.get(name)
        if isinstance(value, (list, dict)):
            raise PostFileError(f"The front matter's “{name}” must be a text, not a list.")
        return "" if value is None else _storable(name, str(value).strip())

    def _list(self, name: str) -> list[str]:
        value = self._values.get(name)
        if isinstance(value, list):
            return [text for item in value if (text := " ".join(_item(name, item).split()))]
        return split_tags(self._text(name))

    def _is(self, name: str, *, default: bool) -> bool:
        text = self._text(name).lower()
        if text in _YES or text in _NO:
            return text in _YES
        if text and name == "draft":
            raise PostFileError(f"The front matter's “{name}” must be true or false, not “{text}”.")
        return default

    def _permalinks(self) -> list[str]:
        """Last parts of the addresses that the post had; patterns such as `/:year/:title/` say nothing."""
        parts = (_last_part(self._text(name)) for name in ("permalink", "url"))
        return [part for part in parts if part and not part.startswith(":")]


def within(text: str, limit: int, what: str) -> str:
    """Return the text. Raises PostFileError when it is longer than `limit`."""
    if len(text) > limit:
        raise PostFileError(f"The {what[:80]} has {len(text)} characters. At most {limit} are possible.")
    return text


def _item(name: str, item: object) -> str:
    if isinstance(item, Mapping):
        item = item.get("name") or item.get("display_name")
    if item is None or isinstance(item, (list, Mapping)):
        raise PostFileError(f"The front matter's “{name}” must be a list of texts.")
    return _storable(name, str(item))


def _storable(name: str, text: str) -> str:
    if found := UNSTORABLE.search(text):
        raise PostFileError(f"The front matter's “{name}” has a control character (U+{ord(found[0]):04X}).")
    return text


def _last_part(address: str) -> str:
    try:
        path = PurePosixPath(unquote(urlsplit(address).path))
    except ValueError:
        return ""
    return path.stem if path.suffix in (".html", ".htm", ".php", ".md") else path.name
