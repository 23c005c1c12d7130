"""The people and the tags of a measured blog, the first of each the busiest."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate

from bench.content import USERNAME
from bench.content.words import VOCABULARY
from web.models.user import Role

BEGINNING = datetime(2016, 1, 1, tzinfo=UTC)
AUTHORS = 20
READERS = 50
NAMED_TAGS = ["letters", "type", "paper", "ink", "binding", "printing", "margins", "rules"]
TAGS = NAMED_TAGS + [f"about-{word}" for word in VOCABULARY[:292]]
AUTHOR_WEIGHTS = list(accumulate(1 / rank for rank in range(1, AUTHORS + 1)))
TAG_WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(TAGS) + 1)))


def reader(number: int) -> str:
    """The username of the reader with this number, from 1 on."""
    return f"reader-{number}"


def usernames() -> list[str]:
    """All people in the order of their numbers: the owner, the other authors, the readers."""
    authors = [USERNAME, *(f"author-{number}" for number in range(2, AUTHORS + 1))]
    return [*authors, *(reader(number) for number in range(1, READERS + 1))]


def people(password_hash: str) -> Iterator[tuple[object, ...]]:
    """Rows of the table of users, for `USER_COLUMNS`. All have the same password."""
    for number, name in enumerate(usernames(), start=1):
        role = Role.OWNER if number == 1 else Role.AUTHOR if number <= AUTHORS else Role.READER
        shown = name.replace("-", " ").title()
        yield number, name, f"{name}@example.org", shown, "", password_hash, True, str(role), BEGINNING


USER_COLUMNS = "id username email display_name bio password_hash is_active role_lookup_code created_at".split()


def tags() -> Iterator[tuple[object, ...]]:
    """Rows of the table of tags: number, slug, name."""
    for number, slug in enumerate(TAGS, start=1):
        yield number, slug, slug.replace("-", " ").title()


TAG_COLUMNS = "id slug name".split()
