"""Reads what searches find, and what they need to know before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from web.database.rows import read_rows
from web.models.comment import Comment
from web.models.post import Post, UserPostAssociation
from web.models.post_state import PostStatus, PostType, PostVisibility
from web.models.search import CommentSearch, PostSearch, SearchWord, TagSearch, UserSearch
from web.models.setting import Blog, Setting
from web.models.tag import PostTagAssociation
from web.models.user import User
from web.posts.lists import MomentColumn, Summaries
from web.posts.queries import SUMMARY_COLUMNS, summaries_of
from web.posts.summaries import PostSummary
from web.search import dialects
from web.search.indexes import PEOPLE, TAGS, Index
from web.search.wanted import Phrase, Wanted

# What a word can stand for. The shortest words that begin as wanted are the most common ones.
MOST_FORMS = 24
MOST_BEGINNINGS = 48
MOST_NAMES = 50
# Of how many of the newest posts with each tag the most related ones are chosen, and of how many tags.
NEWEST_OF_TAG = 100
TAGS_LOOKED_AT = 10
MOST_RELATED = 12
# A long text is judged by its beginning.
JUDGED_CHARACTERS = 6_000
# Where in a post the words that were found are looked for to be shown: in its beginning.
REACH = 20_000
LAST_CHARACTER = "\U0010ffff"
LANGUAGE = select(Setting.value).where(Setting.name == "language")


# Whose names count where posts are searched, and where comments are.
WROTE_POSTS = exists().where(UserPostAssociation.user_id == UserSearch.user_id)
WROTE_COMMENTS = exists().where(Comment.user_id == UserSearch.user_id)


class Name(NamedTuple):
    """Somebody or a tag, with the words of the name as they are stored."""

    key: int
    words: str


class Hit(NamedTuple):
    """A post that has what was asked for, with the words by which it is judged."""

    key: int
    labels: str
    words: str


class Shown(NamedTuple):
    """A post as it is listed, its address, and the beginning of its HTML."""

    post: PostSummary
    path: str
    html: str


class StoredPost(NamedTuple):
    """What is stored of a post: key, title, summary, HTML, keys of tags and authors."""

    key: int
    title: str
    summary: str
    html: str
    tags: Sequence[int]
    authors: Sequence[int]


def find_language(session: Session) -> str:
    """The language of the blog."""
    return read_rows(session, LANGUAGE, {}).scalar_one_or_none() or Blog.language


def find_stored_posts(session: Session, post_ids: Sequence[int]) -> list[StoredPost]:
    """What posts say and what they are filed under: three statements."""
    columns = (Post.id, Post.title, Post.summary, Post.body_html)
    rows = session.execute(select(*columns).where(Post.id.in_(post_ids)).order_by(Post.id)).all()
    tags = _by_post(session, PostTagAssociation.post_id, PostTagAssociation.tag_id, post_ids)
    authors = _by_post(session, UserPostAssociation.post_id, UserPostAssociation.user_id, post_ids)
    return [StoredPost(*row, tags.get(row.id, []), authors.get(row.id, [])) for row in rows]


def find_all_words(session: Session) -> Sequence[str]:
    """Every word that is known."""
    return session.scalars(select(SearchWord.word)).all()


def find_words(session: Session, stems: Sequence[str], beginnings: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """For each stem the words that have it, for each beginning the shortest words that begin so; one statement."""
    parts = [_forms(number, stem) for number, stem in enumerate(stems)]
    parts += [_beginnings(len(stems) + number, beginning) for number, beginning in enumerate(beginnings)]
    found: list[list[str]] = [[] for _ in parts]
    for number, word in session.execute(union_all(*parts)) if parts else ():
        found[number].append(word)
    return found[: len(stems)], found[len(stems) :]


def find_names(session: Session, words: frozenset[str], wrote: ColumnElement[bool]) -> tuple[list[Name], list[Name]]:
    """Tags and people, narrowed to those who `wrote`, that have one of these words in their name; one statement."""
    if not words:
        return [], []
    wanted = Wanted(groups=(words,))
    tags = select(literal("tag").label("kind"), TagSearch.tag_id.label("key"), TagSearch.words)
    people = select(literal("author"), UserSearch.user_id, UserSearch.words).where(wrote)
    parts = (
        tags.where(_matching(session, TAGS, wanted)).limit(MOST_NAMES).subquery(),
        people.where(_matching(session, PEOPLE, wanted)).limit(MOST_NAMES).subquery(),
    )
    rows = session.execute(union_all(*map(select, parts))).all()
    named = {kind: [Name(key, words) for found, key, words in rows if found == kind] for kind in ("tag", "author")}
    return named["tag"], named["author"]


def highest_key(session: Session, index: Index) -> int:
    """The key of what was begun last; negative where there is nothing."""
    return session.scalars(select(func.max(index.key))).one() or -1


def find_hits(
    session: Session, index: Index, statement: Select[int], wanted: Wanted, highest: int, limit: int
) -> list[int]:
    """The keys of hits among the rows of a statement that selects the index's key, from the highest down."""
    if wanted.is_impossible or highest < 0:
        return []
    narrowed = statement.where(*_phrases(index, wanted))
    found: list[int] = dialects.of(session).newest(session, narrowed, index, wanted, highest, limit)
    return found


def find_judged(session: Session, keys: Sequence[int]) -> list[Hit]:
    """Posts with the words by which they are judged."""
    words = func.substr(PostSearch.words, 1, JUDGED_CHARACTERS)
    statement = select(PostSearch.post_id, PostSearch.labels, words).where(PostSearch.post_id.in_(keys))
    return [Hit(*row) for row in session.execute(statement)] if keys else []


def find_shown(session: Session, now: datetime, keys: Sequence[int]) -> list[Shown]:
    """What a list of results prints of posts, in the order of their keys here; one statement for all credits."""
    if not keys:
        return []
    html = func.substr(Post.body_html, 1, REACH).label("html")
    statement: Summaries = select(*SUMMARY_COLUMNS, Post.post_type_lookup_code, html).where(Post.id.in_(keys))
    rows: dict[int, Row[Any]] = {row.id: row for row in session.execute(statement)}
    in_order: list[Row[Any]] = [rows[key] for key in keys if key in rows]
    posts = summaries_of(session, now, in_order)
    paths = [f"/{row.slug}" if row.post_type_lookup_code == PostType.PAGE else f"/posts/{row.slug}" for row in in_order]
    return [Shown(post, path, row.html) for post, path, row in zip(posts, paths, in_order, strict=True)]


def posts_for(user: User | None, now: datetime) -> Select[int]:
    """The posts in which somebody may search: what everybody shall find, own ones, and for editors all."""
    statement = select(PostSearch.post_id).join(PostSearch.rel_post)
    if user is None or not user.may_write:
        return statement.where(Post.is_for_all_at(now))
    still_there = statement.where(Post.deleted_at.is_(None))
    if user.may_manage:
        return still_there
    own = exists().where(UserPostAssociation.post_id == Post.id, UserPostAssociation.user_id == user.id)
    return still_there.where(or_(Post.is_for_all_at(now), own))


def own_posts() -> Select[int]:
    """Posts in whatever state, for lists that narrow them down further."""
    return select(PostSearch.post_id)


def comments_in(*where: ColumnElement[bool]) -> Select[int]:
    """Comments that fulfil conditions of their own or of the posts below which they stand."""
    statement = select(CommentSearch.comment_id).join(CommentSearch.rel_comment).join(Comment.rel_post)
    return statement.where(*where)


def people() -> Select[int]:
    """Everybody."""
    return select(UserSearch.user_id)


def sharing_tags(post: Post) -> Select[int, int, int]:
    """What has most tags in common with a post whose tags are loaded, as rows of PostPostAssociation."""
    parts = []
    for association in post.rel_tag_associations[:TAGS_LOOKED_AT]:
        has_tag = PostTagAssociation.tag_id == association.tag_id
        newest = select(PostTagAssociation.post_id).where(has_tag, PostTagAssociation.post_id != post.id)
        newest = newest.order_by(PostTagAssociation.post_id.desc()).limit(NEWEST_OF_TAG)
        parts.append(select(newest.subquery()))
    sharing = union_all(*parts).subquery()
    count = func.count()
    statement = select(literal(post.id), sharing.c.post_id, count).join(Post, Post.id == sharing.c.post_id)
    statement = statement.where(_can_be_listed()).group_by(sharing.c.post_id)
    return statement.order_by(count.desc(), sharing.c.post_id.desc()).limit(MOST_RELATED)


def _can_be_listed() -> ColumnElement[bool]:
    # Also what is scheduled: whoever reads the post looks whether its time has come.
    is_released = Post.post_status_lookup_code == PostStatus.PUBLISHED
    is_public = Post.post_visibility_lookup_code == PostVisibility.PUBLIC
    return and_(is_released, is_public, Post.post_type_lookup_code == PostType.POST, Post.deleted_at.is_(None))


def _by_post(
    session: Session, post_id: MomentColumn, key: MomentColumn, post_ids: Sequence[int]
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for post, other in session.execute(select(post_id, key).where(post_id.in_(post_ids))):
        found.setdefault(post, []).append(other)
    return found


def _forms(number: int, stem: str) -> Select[Any]:
    statement = select(literal(number), SearchWord.word).where(SearchWord.stem == stem)
    return select(statement.limit(MOST_FORMS).subquery())


def _beginnings(number: int, beginning: str) -> Select[Any]:
    begins_so = SearchWord.word.between(beginning, beginning + LAST_CHARACTER)
    statement = select(literal(number), SearchWord.word).where(begins_so)
    in_order = statement.order_by(func.length(SearchWord.word), SearchWord.word).limit(MOST_BEGINNINGS)
    return select(in_order.subquery())


def _matching(session: Session, index: Index, wanted: Wanted) -> ColumnElement[bool]:
    found: ColumnElement[bool] = dialects.of(session).matching(index, wanted)
    return found


def _phrases(index: Index, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [_has_phrase(index, phrase) for phrase in wanted.phrases]
    return conditions + [~_has_phrase(index, phrase) for phrase in wanted.without_phrases]


def _has_phrase(index: Index, phrase: Phrase) -> ColumnElement[bool]:
    ways = [(" " + index.words + " ").contains(phrase.text, autoescape=True)]
    ways += [(" " + index.labels + " ").contains(f" {label} ", autoescape=True) for label in sorted(phrase.labels)]
    return or_(*ways)
