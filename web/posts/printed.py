"""A post as its page prints it: plain values instead of a model object, because this page is asked for most."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row

from web.models.post import Post as StoredPost
from web.models.post import PostText


class Author(NamedTuple):
    """One of the authors, in the order of the byline."""

    id: int
    username: str
    display_name: str


class Post(PostText):
    """A post with its authors. It answers the same questions as the model, from a row, and changes nothing."""

    id: int
    authors: Sequence[Author]

    def __init__(self, columns: Row[Any], authors: Sequence[Author]) -> None:
        """`columns` are named like the model's attributes."""
        vars(self).update(zip(columns._fields, columns, strict=True))
        self.authors = authors

    @property
    def author_ids(self) -> list[int]:
        """The numbers of the authors."""
        return [author.id for author in self.authors]

    def is_written_by(self, user_id: int) -> bool:
        """Whether the user is one of the authors."""
        return any(author.id == user_id for author in self.authors)


AnyPost = StoredPost | Post
