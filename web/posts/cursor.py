"""Where a page of a list ends: the key of its last item, as it stands in `?before=`."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

PATTERN = re.compile(r"([0-9]{8}T[0-9]{12})-([0-9]{1,18})")
FORMAT = "%Y%m%dT%H%M%S%f"


class Cursor(NamedTuple):
    """A moment and, because two things may share it, a number."""

    moment: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.moment.astimezone(UTC).strftime(FORMAT)}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """The cursor that a text stands for; None for anything else, which is then the first page."""
        match = PATTERN.fullmatch(text)
        if not match:
            return None
        try:
            return cls(datetime.strptime(match[1], FORMAT).replace(tzinfo=UTC), int(match[2]))
        except ValueError:
            return None
