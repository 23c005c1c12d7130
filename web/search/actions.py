"""Keeps what is searched in step with what is stored. Whoever makes or changes one of these says so here, in the same
transaction; what the tables of words say then reaches each engine's own index by itself.
"""

from collections.abc import Sequence

from sqlalchemy import inspect, update
from sqlalchemy.orm import Session

from web.database.rows import write_rows
from web.models.comment import Comment
from web.models.post import Post
from web.models.search import SearchWord
from web.models.tag import Tag
from web.models.user import User
from web.search import dialects
from web.search.documents import Document, of_comment, of_person, of_post, of_tag
from web.search.indexes import COMMENTS, PEOPLE, POSTS, TAGS, Index
from web.search.queries import StoredPost, find_all_words, find_language, find_stored_posts
from web.search.stems import stems_of


def index_post(session: Session, post: Post) -> None:
    """Note what a stored post says. Its authors and tags must be loaded."""
    session.flush()
    if "body_html" in inspect(post).unloaded:
        index_stored_posts(session, [post.id])
        return
    tags, authors = [tag.id for tag in post.tags], [author.id for author in post.authors]
    store(session, POSTS, [of_post(StoredPost(post.id, post.title, post.summary, post.body_html, tags, authors))])


def index_stored_posts(session: Session, post_ids: Sequence[int]) -> None:
    """Note what posts say, whatever of them is loaded: three statements more."""
    session.flush()
    store(session, POSTS, [of_post(post) for post in find_stored_posts(session, post_ids)])


def index_comments(session: Session, comments: Sequence[Comment]) -> None:
    """Note what stored comments say."""
    session.flush()
    store(session, COMMENTS, [of_comment(comment) for comment in comments])


def index_people(session: Session, people: Sequence[User]) -> None:
    """Note how stored people are called."""
    session.flush()
    store(session, PEOPLE, [of_person(person) for person in people])


def index_tags(session: Session, tags: Sequence[Tag]) -> None:
    """Note how stored tags are called."""
    session.flush()
    store(session, TAGS, [of_tag(tag) for tag in tags])


def change_language(session: Session, language: str) -> None:
    """Bring the forms of all words together anew, by the rules of another language."""
    stems = stems_of(find_all_words(session), language)
    rows = [{"word": word, "stem": stem} for word, stem in stems.items()]
    if rows:
        session.execute(update(SearchWord), rows)


def store(session: Session, index: Index, documents: Sequence[Document]) -> None:
    """Put documents in the place of what was known of them, and learn their words: two statements, and the language."""
    if not documents:
        return
    rows = [{index.key.key: item.key, "words": item.words, "labels": item.labels} for item in documents]
    dialects.of(session).put(session, index, rows)
    seen = {word for item in documents for word in item.different_words}
    stems = stems_of(seen, find_language(session))
    # In order, so that two who learn the same words at the same moment do not wait for each other.
    learned = [{"word": word, "stem": stems[word]} for word in sorted(seen)]
    if learned:
        write_rows(session, dialects.of(session).add_missing(SearchWord), learned)
