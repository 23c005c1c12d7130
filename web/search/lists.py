"""Narrows lists that have an order of their own down to what has the words: posts to write, comments, people.

Each returns keys. Of a list that is ordered by anything but the key, only the newest `LISTED` hits are taken into it.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from web.models.user import User
from web.search import labels
from web.search.indexes import COMMENTS, PEOPLE, POSTS
from web.search.queries import (
    WROTE_COMMENTS,
    WROTE_POSTS,
    comments_in,
    find_hits,
    highest_key,
    own_posts,
    people,
)
from web.search.question import read_question
from web.search.understanding import understand

LISTED = 500


def posts_with(session: Session, words: str, language: str, user: User | None) -> Sequence[int] | None:
    """The newest posts of somebody, of everybody for None, that have the words; None where there are no words."""
    question = read_question(words)
    if question.is_empty:
        return None
    wanted = understand(session, question, language, WROTE_POSTS).wanted
    if user is not None:
        wanted = wanted.and_one_of([labels.of_user(user.id)])
    return find_hits(session, POSTS, own_posts(), wanted, highest_key(session, POSTS), LISTED)


def comments_with(
    session: Session, words: str, language: str, where: Sequence[ColumnElement[bool]], before: int | None, limit: int
) -> Sequence[int] | None:
    """The newest comments before a key that have the words; None where there are no words."""
    question = read_question(words)
    if question.is_empty:
        return None
    wanted = understand(session, question, language, WROTE_COMMENTS).wanted
    highest = highest_key(session, COMMENTS)
    highest = highest if before is None else min(highest, before - 1)
    return find_hits(session, COMMENTS, comments_in(*where), wanted, highest, limit)


def people_with(session: Session, words: str, language: str) -> Sequence[int] | None:
    """Those of the newest people whose names or email address have the words; None where there are no words."""
    question = read_question(words)
    if question.is_empty:
        return None
    wanted = understand(session, question, language, None).wanted
    # An address is marked word by word, so what stands together in it is not looked for.
    groups = tuple(group | frozenset(map(labels.of_title, group)) for group in wanted.groups)
    wanted = replace(wanted, groups=groups, phrases=())
    return find_hits(session, PEOPLE, people(), wanted, highest_key(session, PEOPLE), LISTED)
