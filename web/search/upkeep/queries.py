"""Reads, in portions, everything that is searched, and what is known of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from web.models.comment import Comment
from web.models.post import Post
from web.models.search import SearchWord
from web.models.tag import Tag
from web.models.user import User
from web.search.documents import Document, of_comment, of_person, of_post, of_tag
from web.search.indexes import COMMENTS, PEOPLE, POSTS, TAGS, Index
from web.search.queries import find_stored_posts

PORTION = 200
# Names first: whoever searches posts meanwhile finds their authors.
EVERYTHING: tuple[tuple[str, Index, InstrumentedAttribute[int]], ...] = (
    ("tags", TAGS, Tag.id),
    ("people", PEOPLE, User.id),
    ("comments", COMMENTS, Comment.id),
    ("posts", POSTS, Post.id),
)


def count_everything(session: Session) -> int:
    """How much there is to be searched."""
    return sum(session.scalars(select(func.count(key))).one() for _, _, key in EVERYTHING)


def documents_after(session: Session, index: Index, key: int) -> list[Document]:
    """The next portion, by key, as it should be known."""
    if index is POSTS:
        keys = session.scalars(select(Post.id).where(Post.id > key).order_by(Post.id).limit(PORTION)).all()
        return [of_post(post) for post in find_stored_posts(session, keys)]
    kinds: dict[Index, tuple[Any, Any]] = {
        COMMENTS: (Comment, of_comment), PEOPLE: (User, of_person), TAGS: (Tag, of_tag),
    }  # fmt: skip
    model, of = kinds[index]
    rows = session.scalars(select(model).where(model.id > key).order_by(model.id).limit(PORTION))
    return [of(row) for row in rows]


def find_known(session: Session, index: Index, keys: Sequence[int]) -> dict[int, Document]:
    """What is known of these keys."""
    rows = session.execute(select(index.key, index.words, index.labels).where(index.key.in_(keys)))
    return {row[0]: Document(*row) for row in rows}


def is_unfilled(session: Session) -> bool:
    """Whether there are posts or people of whom nothing is known, as after an upgrade from a version without search."""
    for _, index, key in EVERYTHING:
        statement = select(key).outerjoin(index.model, index.key == key).where(index.key.is_(None))
        if session.scalars(statement.limit(1)).first() is not None:
            return True
    return False


def forget_words(session: Session) -> None:
    """Forget the vocabulary, with words that stand nowhere any more."""
    session.execute(delete(SearchWord))
