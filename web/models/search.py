"""What searches look through: the words of posts, comments, people and tags, as `web.search.words` makes them.

Every engine has an index of its own over these tables, which follows each change by itself: see
`web/database/search_indexes.py`. All of them hold the same words, so all of them find the same.
"""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from web.database import Base
from web.database.types import ByteString

if TYPE_CHECKING:
    from web.models.comment import Comment
    from web.models.post import Post
    from web.models.tag import Tag
    from web.models.user import User

WORD_LIMIT = 40


class Searched:
    """The two columns of each of them: words in the order of the text, and marks that no text can contain."""

    words: Mapped[str] = mapped_column(Text)
    labels: Mapped[str] = mapped_column(Text)


class PostSearch(Searched, Base):
    """The words of a post as it was saved last: title, summary and body, marked with its tags and authors."""

    __tablename__ = "post_search"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)

    rel_post: Mapped["Post"] = relationship(back_populates="rel_search", lazy="raise")


class CommentSearch(Searched, Base):
    """The words of a comment and its guest's name, marked with its writer."""

    __tablename__ = "comment_search"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)

    rel_comment: Mapped["Comment"] = relationship(back_populates="rel_search", lazy="raise")


class UserSearch(Searched, Base):
    """The names and the email address of somebody."""

    __tablename__ = "user_search"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)

    rel_user: Mapped["User"] = relationship(back_populates="rel_search", lazy="raise")


class TagSearch(Searched, Base):
    """The name of a tag."""

    __tablename__ = "tag_search"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)

    rel_tag: Mapped["Tag"] = relationship(back_populates="rel_search", lazy="raise")


class SearchWord(Base):
    """A word that stands in any of them, with its stem in the blog's language: what beginnings and forms lead to."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(ByteString(WORD_LIMIT), primary_key=True)
    stem: Mapped[str] = mapped_column(String(WORD_LIMIT), index=True)
