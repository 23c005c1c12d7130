"""What differs from reader to reader in a page that is otherwise the same for all of them.

A page that many share has marks in these places, which are replaced for each reader when it is sent. Nobody can
write such a mark into a page: it begins with a control character, which no text here may have, and a secret of
this process.
"""

import re
import secrets
from typing import NamedTuple

from markupsafe import Markup

SECRET = secrets.token_hex(8)
MARK = re.compile(rf"\x02{SECRET} ([a-z]+) ([^\x03]*)\x03".encode())


class Hole(NamedTuple):
    """A mark: what is to stand there, and what has to be known for it."""

    kind: str
    argument: str


class Marks:
    """The marks, for templates: `holes` is None there in a page that is made for one reader only."""

    @property
    def name(self) -> Markup:
        """What the reader is called."""
        return _mark("name")

    @property
    def unread(self) -> Markup:
        """The badge with the number of unread messages."""
        return _mark("unread")

    @property
    def uid(self) -> Markup:
        """The name of a form that nobody has sent yet."""
        return _mark("uid")

    def own(self, comment_id: int, user_id: int, until: int, *, is_all: bool) -> Markup:
        """What only the writer of a comment may do with it, until a moment in seconds since 1970.

        `is_all`: others may do nothing with it, so that nothing else stands there.
        """
        return _mark("own", f"{comment_id} {user_id} {until} {int(is_all)}")

    def stamp(self, post_uid: str) -> Markup:
        """When a form under this post was made, signed."""
        return _mark("stamp", post_uid)


MARKS = Marks()


def split(page: bytes) -> list[bytes | Hole]:
    """A page as what all share, with the holes between."""
    parts: list[bytes | Hole] = []
    end = 0
    for found in MARK.finditer(page):
        parts += [page[end : found.start()], Hole(found[1].decode(), found[2].decode())]
        end = found.end()
    return [*parts, page[end:]]


def _mark(kind: str, argument: str = "") -> Markup:
    return Markup(f"\x02{SECRET} {kind} {argument}\x03")  # noqa: S704 - made of what stands here
