"""Says which of some posts answers a question best: from words alone, so that it is the same on every engine."""

from collections.abc import Sequence
from math import log2

from web.search import labels
from web.search.queries import Hit
from web.search.understanding import Meaning
from web.search.words import BARRIER

IN_TITLE, IN_NAMES, IN_SUMMARY = 12, 8, 4
# A word as it was typed counts more than another form of it, or one that only begins so.
OTHER_FORM = 0.6
MOST_COUNTED = 16


def best_first(hits: Sequence[Hit], meanings: Sequence[Meaning]) -> list[tuple[int, int]]:
    """Scores and keys of hits, the best first; of equal ones that which was begun later."""
    return sorted(((_score(hit, meanings), hit.key) for hit in hits), reverse=True)


def _score(hit: Hit, meanings: Sequence[Meaning]) -> int:
    marks, words = set(hit.labels.split()), hit.words.split()
    there, summary = set(words), _summary(words)
    score = 0.0
    for meaning in meanings:
        score += IN_NAMES if marks & meaning.labels else 0
        for typed, group in zip(meaning.term.words, meaning.words, strict=True):
            found = [word for word in group if word in there]
            score += max((_worth(word, typed, marks, summary, words) for word in found), default=0)
    # A whole number stands in the address of the next page.
    return round(score * 100)


def _worth(word: str, typed: str, marks: set[str], summary: set[str], words: list[str]) -> float:
    worth = log2(1 + min(words.count(word), MOST_COUNTED))
    worth += IN_TITLE if labels.of_title(word) in marks else 0
    worth += IN_SUMMARY if word in summary else 0
    return worth * (1 if word == typed else OTHER_FORM)


def _summary(words: list[str]) -> set[str]:
    """What stands between the first two barriers."""
    if words.count(BARRIER) < 2:
        return set()
    first = words.index(BARRIER)
    return set(words[first + 1 : words.index(BARRIER, first + 1)])
