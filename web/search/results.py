"""Finds the posts that answer a question: the best of the newest first, then the others, newest first.

To rank all hits of a common word would take seconds in a large blog. So at most `RANKED` of the newest are ranked,
together with the newest that have all words in their title; a blog with fewer hits than that is ranked whole.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from web.models.user import User
from web.posts.summaries import PostSummary
from web.search.indexes import POSTS
from web.search.queries import WROTE_POSTS, find_hits, find_judged, find_shown, highest_key, posts_for
from web.search.question import Question
from web.search.ranking import best_first
from web.search.snippets import Piece, marked, snippet
from web.search.understanding import Understood, understand

PAGE_SIZE = 10
RANKED = 150
RANKED_BY_TITLE = 50

_CURSOR = re.compile(r"(?:r([0-9]{1,9})-)?([0-9]{1,18})")


class Place(NamedTuple):
    """Where a page of results ends: at a score and a key among the ranked, only at a key among the others."""

    score: int | None
    key: int

    def __str__(self) -> str:
        return str(self.key) if self.score is None else f"r{self.score}-{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """The place that a text stands for; None for anything else, which is then the first page."""
        found = _CURSOR.fullmatch(text)
        return cls(int(found[1]) if found[1] else None, int(found[2])) if found else None


class Result(NamedTuple):
    """A post that was found, with the words that were looked for marked in its title and in a part of its text."""

    post: PostSummary
    path: str
    title: Sequence[Piece]
    snippet: Sequence[Piece]


class Results(NamedTuple):
    """A page of results. `is_ranked_in_part` tells that there are too many to rank them all."""

    items: Sequence[Result]
    more: Place | None
    is_ranked_in_part: bool


def search_posts(
    session: Session, now: datetime, user: User | None, question: Question, language: str, after: Place | None
) -> Results:
    """A page of what somebody may see of the posts that answer a question."""
    understood = understand(session, question, language, WROTE_POSTS)
    keys, more, is_crowded = _find(session, now, user, understood, after)
    words = understood.shown_words
    items = [
        Result(found.post, found.path, marked(found.post.title, words), snippet(found.html, words, found.post.summary))
        for found in find_shown(session, now, keys)
    ]
    return Results(items, more, is_crowded)


def _find(
    session: Session, now: datetime, user: User | None, understood: Understood, after: Place | None
) -> tuple[list[int], Place | None, bool]:
    statement, wanted, highest = posts_for(user, now), understood.wanted, highest_key(session, POSTS)
    titled = []
    # To find common words together in a title and next to each other, most of a large blog would be looked at.
    if understood.meanings and not wanted.phrases:
        titled = find_hits(session, POSTS, statement, understood.in_title, highest, RANKED_BY_TITLE)
    if after is not None and after.score is None:
        others = statement.where(POSTS.key.not_in(titled)) if titled else statement
        keys = find_hits(session, POSTS, others, wanted, min(highest, after.key - 1), PAGE_SIZE + 1)
        more = Place(None, keys[PAGE_SIZE - 1]) if len(keys) > PAGE_SIZE else None
        return keys[:PAGE_SIZE], more, True
    newest = find_hits(session, POSTS, statement, wanted, highest, RANKED)
    is_crowded = len(newest) == RANKED
    ranked = best_first(find_judged(session, sorted({*newest, *titled})), understood.meanings)
    rest = [place for place in ranked if after is None or place < after]
    more = Place(None, newest[-1]) if is_crowded else None
    if len(rest) > PAGE_SIZE:
        more = Place(*rest[PAGE_SIZE - 1])
    return [key for _, key in rest[:PAGE_SIZE]], more, is_crowded
