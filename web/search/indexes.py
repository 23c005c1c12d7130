"""The tables that are searched."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from web.models.search import CommentSearch, PostSearch, TagSearch, UserSearch

Searched = PostSearch | CommentSearch | UserSearch | TagSearch
# Key, words and labels of a row, by the names of their columns.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Index:
    """A table of words, and the key by which its rows are known: higher ones were begun later."""

    model: type[Searched]
    key: InstrumentedAttribute[int]

    @property
    def table(self) -> str:
        """The name of the table."""
        return self.model.__tablename__

    @property
    def words(self) -> Any:
        """The column with the words."""
        return self.model.words

    @property
    def labels(self) -> Any:
        """The column with the marks."""
        return self.model.labels


POSTS = Index(PostSearch, PostSearch.post_id)
COMMENTS = Index(CommentSearch, CommentSearch.comment_id)
PEOPLE = Index(UserSearch, UserSearch.user_id)
TAGS = Index(TagSearch, TagSearch.tag_id)
