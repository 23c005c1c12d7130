"""Reads posts. Lists take only the columns they print: one statement for the posts, one for all credits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    bindparam,
    exists,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, defer, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from web.database.locks import locking_only
from web.database.rows import read_rows
from web.models.post import Post, UserPostAssociation
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.post_state import state_of
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.models.user import User
from web.posts import printed
from web.posts.cursor import Cursor
from web.posts.lists import EVERYTHING, UNTIL, Order, Part, Source, Summaries, from_key, key_values, narrowed
from web.posts.summaries import Credit, Page, PostSummary

PAGE_SIZE = 10

# All that is asked of a post by its page, whoever looks at it.
PRINTED_COLUMNS = (
    Post.id,
    Post.uid,
    Post.slug,
    Post.title,
    Post.summary,
    Post.excerpt,
    Post.body_html,
    Post.word_count,
    Post.canonical_url,
    Post.social_image,
    Post.is_kept_from_robots,
    Post.comments_close_at,
    Post.post_status_lookup_code,
    Post.post_visibility_lookup_code,
    Post.post_type_lookup_code,
    Post.updated_at,
    Post.published_at,
    Post.deleted_at,
)
SUMMARY_COLUMNS = (
    Post.id,
    Post.slug,
    Post.title,
    Post.summary,
    Post.excerpt,
    Post.published_at,
    Post.updated_at,
    Post.word_count,
    Post.post_status_lookup_code,
    Post.post_visibility_lookup_code,
    Post.deleted_at,
)

# Built once, as all statements that are asked for most: building takes longer than executing.
PRINTED = (
    select(*PRINTED_COLUMNS, User.id.label("user_id"), User.username, User.display_name)
    .outerjoin(Post.rel_user_associations)
    .outerjoin(UserPostAssociation.rel_user)
    .where(Post.slug == bindparam("slug"))
    .order_by(UserPostAssociation.byline_order)
)

POST_IDS: Any = bindparam("post_ids", expanding=True)
CREDITS: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(
        UserPostAssociation.post_id.label("post_id"),
        literal_column("'author'").label("kind"),
        UserPostAssociation.byline_order.label("place"),
        User.username.label("key"),
        User.display_name.label("name"),
    )
    .join(UserPostAssociation.rel_user)
    .where(UserPostAssociation.post_id.in_(POST_IDS)),
    select(PostTagAssociation.post_id, literal_column("'tag'"), PostTagAssociation.position, Tag.slug, Tag.name)
    .join(PostTagAssociation.rel_tag)
    .where(PostTagAssociation.post_id.in_(POST_IDS)),
)


@cache
def listed(columns: tuple[Any, ...], source: Source) -> Summaries:
    """These columns of what stands in lists. The columns must be built once, for what comes of them is kept."""
    statement = narrowed(select(*columns).where(Post.is_listed_at(UNTIL)), source)
    # Said twice, because no engine knows that both are the same: once for the index, once to be safe.
    return statement if source.leads_to is None else statement.where(source.order.moment <= UNTIL)


def newest_public(session: Session, now: datetime, before: Cursor | None = None, part: Part = EVERYTHING) -> Page:
    """A page of what stands in lists, newest first, of a tag or an author where one is given."""
    return list_page(session, listed(SUMMARY_COLUMNS, part.source), part, now, before)


def list_page(session: Session, statement: Summaries, part: Part, now: datetime, before: Cursor | None) -> Page:
    """A page of a list, newest first in the order of the part: one statement for the posts, one for all credits.

    The statement is one that is built once.
    """
    # One row more than shown tells whether there is another page, without counting.
    order = part.source.order
    statement = from_key(statement, order, PAGE_SIZE + 1, is_first=before is None)
    rows = read_rows(session, statement, {**part.values, **key_values(now, before)}).all()
    return page_of(session, now, rows, order)


def find_page(session: Session, slug: str) -> printed.Post | None:
    """The post at an address with its authors, whoever may see it; not its source text."""
    rows = read_rows(session, PRINTED, {"slug": slug}).all()
    if not rows:
        return None
    authors = [printed.Author(row.user_id, row.username, row.display_name) for row in rows if row.user_id]
    return printed.Post(rows[0], authors)


def find_source(session: Session, slug: str) -> Post | None:
    """The post at an address with its source text, authors and tags; not its HTML."""
    statement = select(Post).where(Post.slug == slug).options(defer(Post.body_html, raiseload=True), *_credits_loaded())
    return session.scalars(statement).unique().one_or_none()


def find_typed(session: Session, post_id: int) -> tuple[str, str] | None:
    """Title and text of a post as they were typed last; None where that is what the post itself says."""
    newest = select(PostRevision.id).where(*stands_at(post_id)).order_by(PostRevision.id.desc()).limit(1)
    statement = select(PostRevision.title, PostRevision.body).where(PostRevision.is_pending)
    row = session.execute(statement.where(PostRevision.id == newest.scalar_subquery())).one_or_none()
    return (row.title, row.body) if row else None


def find_for_editing(session: Session, post_id: int, *, lock: bool = False) -> Post | None:
    """The post with everything that can be changed; with `lock` nobody else changes it meanwhile."""
    statement = select(Post).where(Post.id == post_id).options(*_credits_loaded())
    if lock:
        statement = locking_only(session, statement, Post, post_id)
    return session.scalars(statement).unique().one_or_none()


def find_by_uid(session: Session, uid: str) -> Post | None:
    """The post that a form made, when it comes a second time."""
    statement = select(Post).where(Post.uid == uid).options(*_credits_loaded())
    return session.scalars(statement).unique().one_or_none()


def find_current_slug(session: Session, now: datetime, old_slug: str) -> str | None:
    """Where the post that once had this address is now."""
    statement = select(Post.slug).join(Slug.rel_post).where(Slug.slug == old_slug, Post.is_public_at(now))
    return session.scalars(statement).one_or_none()


def find_slug(session: Session, slug: str) -> Slug | None:
    """Who has or had this address."""
    return session.get(Slug, slug)


def taken_slugs(session: Session, base: str) -> set[str]:
    """All addresses ever given that are `base` or `base-` and more."""
    statement = select(Slug.slug).where(or_(Slug.slug == base, Slug.slug.startswith(f"{base}-", autoescape=True)))
    return set(session.scalars(statement))


def find_twin(session: Session, user: User, title: str, body: str, since: datetime) -> Post | None:
    """A post of the same author with the same title and text, made since then: the same form, sent twice."""
    statement = select(Post).where(Post.title == title, Post.body == body, Post.created_at > since)
    statement = statement.where(Post.deleted_at.is_(None), _is_written_by(user.id)).order_by(Post.id.desc())
    return session.scalars(statement.options(*_credits_loaded()).limit(1)).unique().first()


def credits_of(session: Session, post_ids: Sequence[int]) -> Iterable[tuple[int, str, Credit]]:
    """Authors and tags of several posts in one statement: (post id, "author" or "tag", credit), in order."""
    if not post_ids:
        return []
    rows = read_rows(session, CREDITS, {"post_ids": post_ids})
    in_order = sorted(rows, key=lambda row: (row.post_id, row.kind, row.place))
    return [(row.post_id, row.kind, Credit(row.key, row.name)) for row in in_order]


def _credits_loaded() -> tuple[ExecutableOption, ...]:
    return (
        _authors_loaded(),
        selectinload(Post.rel_tag_associations).joinedload(PostTagAssociation.rel_tag, innerjoin=True),
    )


def _authors_loaded() -> ExecutableOption:
    # An inner join within an outer one would let SQLite make a table of all authors of all posts.
    return joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user)


def _is_written_by(user_id: int) -> ColumnElement[bool]:
    return exists().where(UserPostAssociation.post_id == Post.id, UserPostAssociation.user_id == user_id)


def stands_at(post_id: ColumnElement[int] | int) -> tuple[ColumnElement[bool], ...]:
    """The revisions of which the newest one is where a post stands."""
    is_conflict = PostRevision.post_revision_type_lookup_code == PostRevisionType.CONFLICT
    return PostRevision.post_id == post_id, not_(is_conflict)


def page_of(
    session: Session, now: datetime, rows: Sequence[Row[Any]], order: Order, first: Sequence[Row[Any]] = ()
) -> Page:
    """The page that these rows make; `first` stand before it and do not count."""
    items = summaries_of(session, now, [*first, *rows[:PAGE_SIZE]])
    if len(rows) <= PAGE_SIZE:
        return Page(items, None)
    return Page(items, Cursor(getattr(rows[PAGE_SIZE - 1], order.name), items[-1].id))


def summaries_of(session: Session, now: datetime, rows: Sequence[Row[Any]]) -> list[PostSummary]:
    """What lists show of the posts in these rows: one statement for all credits."""
    found = list(credits_of(session, [row.id for row in rows]))
    return [_summary(row, found, now) for row in rows]


def _summary(row: Row[Any], found: Sequence[tuple[int, str, Credit]], now: datetime) -> PostSummary:
    return PostSummary(
        id=row.id,
        slug=row.slug,
        title=getattr(row, "typed_title", None) or row.title or "Untitled",
        summary=row.summary or row.excerpt,
        published_at=row.published_at,
        updated_at=row.updated_at,
        word_count=row.word_count,
        state=state_of(
            row.post_status_lookup_code, row.post_visibility_lookup_code, row.published_at, row.deleted_at, now
        ),
        authors=tuple(credit for post_id, kind, credit in found if post_id == row.id and kind == "author"),
        tags=tuple(credit for post_id, kind, credit in found if post_id == row.id and kind == "tag"),
    )
