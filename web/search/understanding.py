"""Turns what somebody typed into what stands in an index: forms of words, beginnings, names of tags and people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from web.search import labels
from web.search.queries import Name, find_names, find_words
from web.search.question import Question, Term
from web.search.stems import stems_of
from web.search.wanted import Phrase, Wanted

NOTHING: frozenset[str] = frozenset()


@dataclass
class Meaning:
    """What a term can be: for each of its words all that it stands for, and the marks of names that it is."""

    term: Term
    words: list[frozenset[str]]
    tags: frozenset[str] = NOTHING
    people: frozenset[str] = NOTHING

    @property
    def labels(self) -> frozenset[str]:
        """The marks of all that is called so."""
        return self.tags | self.people

    @property
    def is_phrase(self) -> bool:
        """Whether its words must stand one after the other."""
        return len(self.words) > 1

    @property
    def phrase(self) -> Phrase:
        """Its words as they stand in a text."""
        return Phrase(f" {' '.join(self.term.words)}{'' if self.term.is_beginning else ' '}", self.labels)


@dataclass
class Understood:
    """What a question asks an index for; the same with every word in the title; the words to highlight."""

    wanted: Wanted
    in_title: Wanted
    meanings: list[Meaning] = field(default_factory=list)

    @property
    def shown_words(self) -> frozenset[str]:
        """The words, as they are stored, that a reader looks for in a text."""
        return frozenset(word for meaning in self.meanings for group in meaning.words for word in group)


def understand(session: Session, question: Question, language: str, wrote: ColumnElement[bool] | None) -> Understood:
    """Look up what the words of a question stand for: one statement for words, one for names.

    `wrote` narrows people to those whose names count; for None neither they nor tags do.
    """
    meanings = _with_forms(session, question.all_terms, language)
    if wrote is not None:
        _add_names(session, meanings, wrote)
    by_term = iter(meanings)
    lists = (question.terms, question.without, question.tags, question.without_tags, question.authors)
    terms, without, tags, without_tags, people, without_people = (
        [next(by_term) for _ in found] for found in (*lists, question.without_authors)
    )
    groups = [group for meaning in terms for group in _groups(meaning)]
    filters = [meaning.tags for meaning in tags] + [meaning.people for meaning in people]
    wanted = Wanted(
        groups=(*groups, *filters),
        without=_all(
            [meaning.words[0] | meaning.labels for meaning in without if not meaning.is_phrase]
            + [meaning.tags for meaning in without_tags]
            + [meaning.people for meaning in without_people]
        ),
        phrases=tuple(meaning.phrase for meaning in terms if meaning.is_phrase),
        without_phrases=tuple(meaning.phrase for meaning in without if meaning.is_phrase),
    )
    # A title is part of the words, so that marks of titles need not be looked for together with words.
    titles = [frozenset(map(labels.of_title, group)) for meaning in terms for group in meaning.words]
    return Understood(wanted, replace(wanted, groups=(*titles, *filters)), terms)


def _with_forms(session: Session, terms: Sequence[Term], language: str) -> list[Meaning]:
    plain = [term.words[0] for term in terms if len(term.words) == 1 and not term.is_exact]
    beginnings = [term.words[-1] for term in terms if term.is_beginning]
    stems = stems_of(plain, language)
    forms, begun = find_words(session, [stems[word] for word in plain], beginnings)
    next_forms, next_begun = iter(forms), iter(begun)
    found = []
    for term in terms:
        words = [frozenset({word}) for word in term.words]
        if len(words) == 1 and not term.is_exact:
            words[0] |= frozenset(next(next_forms))
        if term.is_beginning:
            words[-1] |= frozenset(next(next_begun))
        found.append(Meaning(term, words))
    return found


def _add_names(session: Session, meanings: Sequence[Meaning], wrote: ColumnElement[bool]) -> None:
    all_words = _all(group for meaning in meanings for group in meaning.words)
    tags, people = find_names(session, all_words, wrote)
    for meaning in meanings:
        meaning.tags = frozenset(labels.of_tag(tag.key) for tag in _called(tags, meaning))
        meaning.people = frozenset(labels.of_user(person.key) for person in _called(people, meaning))


def _called(names: Sequence[Name], meaning: Meaning) -> list[Name]:
    """Those that are called so, and for an exact term those that are called so and nothing more, if there are any."""
    if not meaning.is_phrase and not meaning.term.is_exact:
        return [name for name in names if meaning.words[0] & set(name.words.split())]
    phrase = f" {' '.join(meaning.term.words)} "
    exactly = [name for name in names if any(f" {part.strip()} " == phrase for part in name.words.split("¦"))]
    return exactly or [name for name in names if phrase in f" {name.words} "]


def _groups(meaning: Meaning) -> list[frozenset[str]]:
    return [group | meaning.labels for group in meaning.words]


def _all(groups: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(groups))
