"""What somebody decided about each place of a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.html.form_input import FormInput
from web.revisions.merged_words import MergedWords, Place
from web.revisions.merging import Clash
from web.revisions.pieces import PARAGRAPH_END

CHOICE, TEXT = "choice-", "text-"
MINE, THEIRS, BOTH, OWN = "mine", "theirs", "both", "own"
# For whoever was signed out: who that is, is not known.
CHOICES = {
    MINE: "Keep the words that waited",
    THEIRS: "Keep the words that were saved",
    BOTH: "Keep both, the words that waited first",
    OWN: "Use the words below",
}


@dataclass(frozen=True)
class Decisions:
    """By the name of each place, which side was chosen and which other words were typed."""

    choices: Mapping[str, str]
    typed: Mapping[str, str]

    @classmethod
    def read(cls, sent: FormInput) -> "Decisions":
        """Take the decisions out of a form."""
        names = {name.partition("-")[2] for name in sent if name.startswith((CHOICE, TEXT))}
        return cls(
            {name: sent.get(CHOICE + name) for name in names},
            {name: sent.get(TEXT + name).replace("\r\n", "\n") for name in names},
        )

    def missing(self, merged: MergedWords) -> frozenset[str]:
        """The places about which nothing was decided."""
        return frozenset(place.name for place in merged.places if self.choices.get(place.name) not in CHOICES)

    def left_over(self, merged: MergedWords) -> list[str]:
        """Other words that were typed and chosen for places which are none any more."""
        names = {place.name for place in merged.places}
        return [text for name, text in self.typed.items() if name not in names and self.choices.get(name) == OWN]

    def texts(self, merged: MergedWords) -> dict[str, str]:
        """The text for each place. Raises KeyError for a place about which nothing was decided."""
        return {place.name: self._text(place) for place in merged.places}

    def _text(self, place: Place) -> str:
        clash = place.clash
        return {
            MINE: clash.mine,
            THEIRS: clash.theirs,
            BOTH: _both(place),
            OWN: _ended_like(clash, self.typed.get(place.name, "")),
        }[self.choices[place.name]]


def _both(place: Place) -> str:
    clash = place.clash
    if place.is_line:
        return (", " if place.is_list else " ").join(filter(None, (clash.mine, clash.theirs)))
    first = clash.mine if clash.mine.endswith("\n") or not clash.mine else clash.mine + PARAGRAPH_END
    return first + clash.theirs


def _ended_like(clash: Clash, text: str) -> str:
    # What follows begins a paragraph of its own, as it did before.
    ends = (clash.base, clash.mine, clash.theirs)
    is_inner = text and any(end.endswith("\n") for end in ends)
    return text.rstrip("\n") + PARAGRAPH_END if is_inner else text
