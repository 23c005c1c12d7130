"""What an editor sends: words, what they were made from, and in which order they were typed."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from web.revisions.words import Words

VERSION = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")


class Version(NamedTuple):
    """A state of a revision: autosaves write the same revision again, each time with a higher sequence."""

    revision_id: int
    sequence: int

    @classmethod
    def parse(cls, text: str) -> "Version | None":
        """Read `"12.3"`; None for anything else."""
        found = VERSION.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.revision_id}.{self.sequence}"


# The words of a post that had no revision yet; they are those of its first one.
BEFORE_THE_FIRST = Version(0, 0)


class Continued(NamedTuple):
    """An editing session of before, and the sequence that it had reached."""

    editing_session: str
    sequence: int


@dataclass(frozen=True)
class Submission:
    """Words from one opened editor, its `editing_session`. `base` is what it last got from the blog, if it says so.

    Of two submissions of an editing session the one with the higher `sequence` was typed later. `continues` is the
    editing session that was cut off, when a browser puts back the words that it kept of it.
    """

    words: Words
    base: Version | None
    editing_session: str
    sequence: int
    continues: "Continued | None" = None

    def came_after(self, editing_session: str, sequence: int) -> bool:
        """Whether these words were surely typed after those that an editor, or one it continues, sent so numbered.

        Without scripts a form has one sequence, however often it is sent: of two, nobody knows which is newer.
        """
        return editing_session != self.editing_session or sequence < self.sequence
