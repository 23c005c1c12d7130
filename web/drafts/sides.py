"""What the two versions of a conflict are called: whoever looks at them need have written neither."""

from dataclasses import dataclass

from web.drafts.decisions import BOTH, MINE, OWN, THEIRS
from web.models.post_revision import PostRevision
from web.models.user import User

NOBODY = "somebody"


@dataclass(frozen=True)
class Sides:
    """Both versions in words: who wrote which, and what the words of each are called within a sentence."""

    writer: str
    saver: str
    mine: str
    theirs: str

    @classmethod
    def seen_by(cls, user: User, conflict: PostRevision, head: PostRevision) -> "Sides":
        """Names for the words that wait and for those that are saved. Who made them must be loaded."""
        writer, saver = _names(user, conflict.rel_user, head.rel_user)
        is_writer, is_one = user.id == conflict.user_id, conflict.user_id == head.user_id is not None
        if is_one:
            saver += ", in another window"
        if is_writer:
            return cls(writer, saver, "yours", "theirs")
        if is_one:
            return cls(writer, saver, f"{_of(writer)} waiting words", f"{_of(writer)} saved words")
        return cls(writer, saver, _of(writer), _of(saver))

    @property
    def choices(self) -> dict[str, str]:
        """What can be decided about a place, by the value that is sent."""
        return {
            MINE: f"Keep {self.mine}",
            THEIRS: f"Keep {self.theirs}",
            BOTH: f"Keep both, {self.mine} first",
            OWN: "Use the words below",
        }

    @property
    def titles(self) -> tuple[str, str]:
        """What stands above each of them. Names stay as their owners write them."""
        return _as_title(self.mine), _as_title(self.theirs)


def _names(user: User, *people: User | None) -> list[str]:
    names = [person.display_name for person in people if person]
    is_shared = len(set(names)) < len({person.id for person in people if person})
    return [_name(user, person, with_username=is_shared) for person in people]


def _name(user: User, person: User | None, *, with_username: bool) -> str:
    if person is None:
        return NOBODY
    if person.id == user.id:
        return "you"
    return f"{person.display_name} ({person.username})" if with_username else person.display_name


def _of(name: str) -> str:
    return "yours" if name == "you" else f"{name}’s"


def _as_title(words: str) -> str:
    return words[0].upper() + words[1:] if words.startswith(("yours", "theirs", NOBODY)) else words
