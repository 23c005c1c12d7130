"""Reads what somebody typed into a search field. Whatever it is, it means something or nothing, and never fails."""

import re
from dataclasses import dataclass, field

from web.search.words import is_unspaced, phrase_of

# Nobody types more than this; a text that was pasted is searched by its beginning.
LONGEST = 300
MOST_TERMS = 12
# A beginning of one letter would be the beginning of almost everything.
SHORTEST_BEGINNING = 2

_PART = re.compile(
    r'(?P<sign>-?)(?:(?P<filter>tag|author):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))', re.IGNORECASE
)


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other: the last may be only a beginning; of exact ones no other form will do."""

    words: tuple[str, ...]
    is_beginning: bool = False
    is_exact: bool = False


@dataclass
class Question:
    """What shall be in a text and what shall not. `is_cut` tells that only the beginning was understood."""

    text: str
    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    tags: list[Term] = field(default_factory=list)
    without_tags: list[Term] = field(default_factory=list)
    authors: list[Term] = field(default_factory=list)
    without_authors: list[Term] = field(default_factory=list)
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.all_terms

    @property
    def all_terms(self) -> list[Term]:
        """All that words have to be looked up for."""
        return [*self.terms, *self.without, *self.tags, *self.without_tags, *self.authors, *self.without_authors]


def read_question(typed: str) -> Question:
    """Understand what was typed. The last word counts as a beginning, because it may still be typed."""
    text = " ".join(typed.replace("\0", " ").encode("utf-8", "replace").decode().split())
    question = Question(text[:LONGEST].rstrip(), is_cut=len(text) > LONGEST)
    parts = list(_PART.finditer(question.text))
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1 and not question.is_cut and not typed[-1:].isspace()
        term = _term(part, is_last=is_last)
        if term is None:
            continue
        if len(question.all_terms) == MOST_TERMS:
            question.is_cut = True
            break
        _list_for(question, part).append(term)
    return question


def _term(part: re.Match[str], *, is_last: bool) -> Term | None:
    quoted, plain = part["quoted"], part["plain"] or ""
    words = tuple(phrase_of(quoted if quoted is not None else plain))
    if not words:
        return None
    if quoted is not None or part["filter"]:
        return Term(words, is_exact=True)
    is_typed_on = is_last and not part["sign"]
    is_beginning = (plain.endswith("*") or is_typed_on) and _can_begin(words[-1])
    return Term(words, is_beginning=is_beginning)


def _can_begin(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING or is_unspaced(word)


def _list_for(question: Question, part: re.Match[str]) -> list[Term]:
    name = {"tag": "tags", "author": "authors"}.get((part["filter"] or "").lower(), "terms")
    if part["sign"]:
        name = {"terms": "without"}.get(name, f"without_{name}")
    found: list[Term] = getattr(question, name)
    return found
