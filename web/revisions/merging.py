"""Brings together what two people made of the same text: paragraph by paragraph, then line by line.

This is diff3 as Khanna, Kunal and Pierce describe it ("A Formal Investigation of Diff3", 2007): where the text that
both began with is found in both results, they are in step; what lies between was changed by one, by both alike, or
by both differently. Only the last is a clash, and a clash keeps all three texts: nothing is ever left out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from web.revisions.matching import matches
from web.revisions.pieces import PARAGRAPH_END, lines, paragraphs


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both changed, each in another way. `base` is what stood there before."""

    base: str
    mine: str
    theirs: str


# Where nobody knows what both began with there is nothing to merge, only to show; in characters.
MOST_WITHOUT_BASE = 1_000_000

# How many lines a paragraph of a single line has: it, and the blank one behind it.
LINES_OF_ONE = 2

Piece = str | Clash
Pieces = Sequence[str]
Resolve = Callable[[Pieces, Pieces, Pieces], list[Piece]]


def merge_values(base: str, mine: str, theirs: str) -> Piece:
    """Merge what cannot be taken apart, such as a title."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else Clash(base, mine, theirs)


def merge_lists(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Merge lists in which each name stands once, such as tags: what either added is in, what either removed is out."""
    kept = [name for name in theirs if name in mine or name not in base]
    return kept + [name for name in mine if name not in base and name not in theirs]


def merge_texts(base: str | None, mine: str, theirs: str) -> list[Piece]:
    """Merge two texts that were made of `base`. Without it, every difference is a clash.

    Joined, the pieces are the merged text; one that has no clash is a single piece.
    """
    if base is None and len(mine) + len(theirs) > MOST_WITHOUT_BASE:
        return [Clash("", mine, theirs)]
    if base is None:
        return _without_ends(_compared(paragraphs(mine), paragraphs(theirs)))
    whole = merge_values(base, mine, theirs)
    if isinstance(whole, str):
        return [whole]
    first, here, there = paragraphs(base), paragraphs(mine), paragraphs(theirs)
    return _without_ends(_merged(first, here, there, _resolve_paragraphs))


def _merged(base: Pieces, mine: Pieces, theirs: Pieces, resolve: Resolve) -> Iterator[Piece]:
    in_mine, in_theirs = _places(base, mine), _places(base, theirs)
    b = m = t = 0
    for index in sorted(in_mine.keys() & in_theirs.keys()):
        yield from _settle(base[b:index], mine[m : in_mine[index]], theirs[t : in_theirs[index]], resolve)
        yield base[index]
        b, m, t = index + 1, in_mine[index] + 1, in_theirs[index] + 1
    yield from _settle(base[b:], mine[m:], theirs[t:], resolve)


def _places(base: Pieces, changed: Pieces) -> dict[int, int]:
    # Where each piece of the base is found again.
    return {first + n: second + n for first, second, length in matches(base, changed) for n in range(length)}


def _settle(base: Pieces, mine: Pieces, theirs: Pieces, resolve: Resolve) -> list[Piece]:
    whole = merge_values("".join(base), "".join(mine), "".join(theirs))
    return [whole] if isinstance(whole, str) else resolve(base, mine, theirs)


def _resolve_paragraphs(base: Pieces, mine: Pieces, theirs: Pieces) -> list[Piece]:
    # Neighbours may have been changed by one each, or something was inserted beside what another one changed: nothing
    # unchanged lies between them, and yet each has its place.
    here, there = _positions(base, mine), _positions(base, theirs)
    if here is None or there is None:
        return _clash(base, mine, theirs)
    sides = (base, range(len(base))), (mine, here), (theirs, there)
    places = zip(*(_by_place(side, positions) for side, positions in sides), strict=True)
    return [piece for b, m, t in places for piece in _settle(b, m, t, _resolve_by_lines)]


def _positions(base: Pieces, changed: Pieces) -> Sequence[int] | None:
    """Where what became of each paragraph stands now.

    None where nobody can tell, because there are more paragraphs or less, and not those of before.
    """
    if len(changed) == len(base):
        return range(len(base))
    found = _places(base, changed) if len(changed) > len(base) else {}
    return list(found.values()) if len(found) == len(base) else None


def _by_place(pieces: Pieces, positions: Sequence[int]) -> Iterator[Pieces]:
    """What stands in front of a position, at it, and so on to behind the last one."""
    begin = 0
    for here in positions:
        yield pieces[begin:here]
        yield pieces[here : here + 1]
        begin = here + 1
    yield pieces[begin:]


def _resolve_by_lines(base: Pieces, mine: Pieces, theirs: Pieces) -> list[Piece]:
    b, m, t = (lines("".join(pieces)) for pieces in (base, mine, theirs))
    return list(_merged(b, m, t, _clash)) if min(len(b), len(m), len(t)) > LINES_OF_ONE else _clash(base, mine, theirs)


def _clash(base: Pieces, mine: Pieces, theirs: Pieces) -> list[Piece]:
    return [Clash("".join(base), "".join(mine), "".join(theirs))]


def _compared(mine: Pieces, theirs: Pieces) -> Iterator[Piece]:
    m = t = 0
    for first, second, length in [*matches(mine, theirs), (len(mine), len(theirs), 0)]:
        if first > m or second > t:
            yield Clash("", "".join(mine[m:first]), "".join(theirs[t:second]))
        yield "".join(mine[first : first + length])
        m, t = first + length, second + length


def _without_ends(pieces: Iterator[Piece]) -> list[Piece]:
    # Neighbouring texts become one; the end that was put behind the last paragraph is taken away again.
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece:
            found.append(piece)
    if not found:
        return [""]
    last = found[-1]
    found[-1] = last.removesuffix(PARAGRAPH_END) if isinstance(last, str) else _clash_without_end(last)
    return found


def _clash_without_end(clash: Clash) -> Clash:
    return Clash(*(side.removesuffix(PARAGRAPH_END) for side in (clash.base, clash.mine, clash.theirs)))
