"""An image as lists show it, and how Markdown refers to it."""

import re
from typing import NamedTuple

from web.html.pictures import Picture
from web.media.pictures import megabytes
from web.models.media import Media

_SPECIAL = re.compile(r"([\\\[\]*_~`<&!])")


class Card(NamedTuple):
    """One image in a list."""

    id: int
    name: str
    file_name: str
    alt: str
    byte_size: int
    owner: str | None
    is_used: bool

    @property
    def picture(self) -> Picture:
        """Its files."""
        return picture_of(self.name)

    @property
    def sides(self) -> str:
        """`1,200 × 800`."""
        return f"{self.picture.width:,} × {self.picture.height:,}"

    @property
    def weight(self) -> str:
        """What all of its files take together: `340 kB`."""
        return megabytes(self.byte_size)


def picture_of(name: str) -> Picture:
    """The image that a stored name stands for. Raises ValueError for anything else, which nobody stored."""
    picture = Picture.parse(name)
    if picture is None:
        raise ValueError(f"{name!r} was stored as the name of an image")
    return picture


def card_of(media: Media, *, is_used: bool) -> Card:
    """The card of an image whose owner is loaded."""
    owner = media.rel_user.display_name if media.rel_user else None
    return Card(media.id, media.name, media.file_name, media.alt, media.byte_size, owner, is_used)


def markdown(alt: str, picture: Picture) -> str:
    """What a text says to show an image: `![A press](/media/files/…)`."""
    escaped = _SPECIAL.sub(r"\\\1", alt)
    return f"![{escaped}]({picture.url})"
