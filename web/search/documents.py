"""What is stored of each thing that is searched: pure functions of what is loaded."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from web.html.text import plain_text
from web.models.comment import Comment
from web.models.tag import Tag
from web.models.user import User
from web.search import labels
from web.search.queries import StoredPost
from web.search.words import BARRIER, words_of

# Of different words in one text. A vector of PostgreSQL, say, holds a megabyte and not a byte more.
MOST_WORDS = 20_000
MOST_BYTES = 600_000
TITLE = labels.of_title("")


class Document(NamedTuple):
    """Words and marks of something, as its row holds them."""

    key: int
    words: str
    labels: str

    @property
    def different_words(self) -> set[str]:
        """Every word in it."""
        marked = {mark.removeprefix(TITLE) for mark in self.labels.split() if mark.startswith(TITLE)}
        return (set(self.words.split()) | marked) - {BARRIER}


def of_post(post: StoredPost) -> Document:
    """A post: title, summary and text, in this order."""
    title = words_of(post.title)
    words = [*title, BARRIER, *words_of(post.summary), BARRIER, *words_of(plain_text(post.html))]
    filed = [*map(labels.of_tag, sorted(post.tags)), *map(labels.of_user, sorted(post.authors))]
    return _document(post.key, words, [*_titles(title), *filed])


def of_comment(comment: Comment) -> Document:
    """A comment: the name of a guest, and the text."""
    words = [*words_of(comment.guest_name), BARRIER, *words_of(plain_text(comment.body_html))]
    return _document(comment.id, words, [labels.of_user(comment.user_id)] if comment.user_id else [])


def of_person(user: User) -> Document:
    """Somebody's names. The address counts for those only who manage people, so it is marked."""
    words = [*words_of(user.username), BARRIER, *words_of(user.display_name)]
    return _document(user.id, words, _titles(words_of(user.email or "")))


def of_tag(tag: Tag) -> Document:
    """The name of a tag."""
    return _document(tag.id, words_of(tag.name), [])


def _document(key: int, words: list[str], marks: Sequence[str]) -> Document:
    # The barrier at the end stands in everything, so that it can be asked for where nothing else is.
    return Document(key, " ".join([*_bounded(words), BARRIER]), " ".join([*marks, *labels.of_key(key)]))


def _titles(words: Iterable[str]) -> list[str]:
    return [labels.of_title(word) for word in dict.fromkeys(words)]


def _bounded(words: list[str]) -> list[str]:
    """The beginning of a text that is longer than any engine's index takes."""
    seen, size = set[str](), 0
    for place, word in enumerate(words):
        if word not in seen:
            seen.add(word)
            size += len(word.encode())
        if len(seen) > MOST_WORDS or size > MOST_BYTES:
            return words[:place]
    return words
