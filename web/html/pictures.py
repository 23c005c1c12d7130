"""What the address of an uploaded image says by itself: its size, and which smaller ones there are.

A page with images is thus rendered without asking anything of anybody.
"""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

PREFIX = "/media/files/"
# Widths in pixels of the smaller ones. None is larger than the image itself.
WIDTHS = (400, 800, 1600)
# The width of a line of text in `tokens.css`, at its widest; below that the whole screen.
SIZES = "(min-width: 44rem) 40rem, 100vw"

_NAME = r"(?P<digest>[0-9a-f]{32})-(?P<width>[1-9][0-9]{0,4})x(?P<height>[1-9][0-9]{0,4})\.(?P<kind>gif|jpg|png|webp)"
_PICTURE = re.compile(_NAME)
_FILE = re.compile(_NAME.replace(r"\.(", r"(?:-(?P<size>[1-9][0-9]{2,3}))?\.(", 1))
_IN_TEXT = re.compile(re.escape(PREFIX) + r"([0-9a-f]{32}-[0-9x]+(?:-[0-9]+)?\.[a-z]+)")


@dataclass(frozen=True)
class Picture:
    """An image under its lasting name: a digest, the size in pixels, and the kind of file."""

    digest: str
    width: int
    height: int
    kind: str

    @classmethod
    def parse(cls, name: str) -> "Picture | None":
        """The image that has this name; None for a smaller one and for anything else."""
        match = _PICTURE.fullmatch(name)
        return cls._of(match) if match else None

    @classmethod
    def owning(cls, name: str) -> "Picture | None":
        """The image that a file belongs to, whole or smaller, as far as its name tells; None for a stranger.

        A smaller one is always WebP, so that the kind of its image is not known: it is given as WebP.
        """
        match = _FILE.fullmatch(name)
        picture = cls._of(match) if match else None
        return picture if picture and name in (picture.name, *picture.smaller_names) else None

    @classmethod
    def _of(cls, match: re.Match[str]) -> "Picture":
        return cls(match["digest"], int(match["width"]), int(match["height"]), match["kind"])

    @property
    def name(self) -> str:
        """The file name of the image itself."""
        return f"{self._stem}.{self.kind}"

    @property
    def url(self) -> str:
        """Its address."""
        return PREFIX + self.name

    @property
    def preview_url(self) -> str:
        """The address of the smallest one."""
        return PREFIX + (self.smaller_names or [self.name])[0]

    @property
    def widths(self) -> list[int]:
        """The widths of the smaller ones."""
        return [width for width in WIDTHS if width < self.width]

    @property
    def smaller_names(self) -> list[str]:
        """The file names of the smaller ones, from small to large."""
        return [f"{self._stem}-{width}.webp" for width in self.widths]

    @property
    def srcset(self) -> str:
        """The choice that a browser has; empty where there is only the image itself."""
        addresses = [f"{PREFIX}{name} {width}w" for name, width in zip(self.smaller_names, self.widths, strict=True)]
        # A photograph in its full size is only for those who open it.
        itself = [f"{self.url} {self.width}w"] if self.width <= max(WIDTHS) else []
        return ", ".join(addresses + itself) if addresses else ""

    @property
    def attributes(self) -> dict[str, str | int | float]:
        """What an <img> says besides its address, so that nothing moves when it arrives."""
        size: dict[str, str | int | float] = {"width": str(self.width), "height": str(self.height)}
        return size | {"srcset": self.srcset, "sizes": SIZES} if self.srcset else size

    @property
    def _stem(self) -> str:
        return f"{self.digest}-{self.width}x{self.height}"


def digests_in(*texts: str) -> set[str]:
    """The digests of all uploaded images whose addresses stand in the texts, in whatever size and with any host."""
    names = {name for text in texts for name in _IN_TEXT.findall(text)}
    return {picture.digest for name in names if (picture := Picture.owning(name))}


def pictures_plugin(parser: MarkdownIt) -> None:
    """Give images that were uploaded here their size and the choice of smaller ones."""
    parser.core.ruler.push("pictures", _pictures)


def _pictures(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "image":
                _complete(child)


def _complete(token: Token) -> None:
    address = str(token.attrGet("src"))
    picture = Picture.parse(address.removeprefix(PREFIX)) if address.startswith(PREFIX) else None
    if picture is not None:
        token.attrs |= picture.attributes
