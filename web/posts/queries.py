"""Reads posts. Lists take only the columns they print: one statement for the posts, one for all credits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, literal, not_, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, defer, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from web.database import UTCDateTime
from web.database.locks import locking_only
from web.models.post import Post, UserPostAssociation
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.post_state import state_of
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.models.user import User
from web.posts.cursor import Cursor
from web.posts.summaries import Credit, Page, PostSummary

PAGE_SIZE = 10

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

Summaries = Select[*tuple[Any, ...]]
MomentColumn = InstrumentedAttribute[Any]


def newest_public(session: Session, now: datetime, before: Cursor | None = None, *where: ColumnElement[bool]) -> Page:
    """A page of what stands in lists, newest first; `where` narrows it to a tag or an author."""
    statement = select(*SUMMARY_COLUMNS).where(Post.is_listed_at(now), *where)
    return list_page(session, now, statement, Post.published_at, before)


def newest(statement: Summaries, moment: MomentColumn, before: Cursor | None) -> Summaries:
    """The statement in the order of lists, from a key on: newest first by the given moment."""
    statement = statement.order_by(moment.desc(), Post.id.desc())
    if before is None:
        return statement
    key = tuple_(literal(before.moment, UTCDateTime), literal(before.id))
    # The first condition follows from the second, and is one that every database finds the place in an index by.
    return statement.where(moment <= before.moment, tuple_(moment, Post.id) < key)


def in_tag(tag_id: int) -> ColumnElement[bool]:
    """Narrows a list to the posts with a tag."""
    return Post.id.in_(select(PostTagAssociation.post_id).where(PostTagAssociation.tag_id == tag_id))


def written_by(user_id: int) -> ColumnElement[bool]:
    """Narrows a list to the posts of an author."""
    return Post.id.in_(select(UserPostAssociation.post_id).where(UserPostAssociation.user_id == user_id))


def find_page(session: Session, slug: str) -> Post | None:
    """The post at an address with its authors, whoever may see it; not its source text."""
    statement = select(Post).where(Post.slug == slug).options(defer(Post.body, raiseload=True), _authors_loaded())
    return session.scalars(statement).unique().one_or_none()


def find_source(session: Session, slug: str) -> Post | None:
    """The post at an address with its source text, authors and tags; not its HTML."""
    statement = select(Post).where(Post.slug == slug).options(defer(Post.body_html, raiseload=True), *_credits_loaded())
    return session.scalars(statement).unique().one_or_none()


def find_typed(session: Session, post_id: int) -> tuple[str, str]:
    """Title and text of a post with pending changes, as they were typed last."""
    statement = select(PostRevision.title, PostRevision.body).where(*stands_at(post_id))
    title, body = session.execute(statement.order_by(PostRevision.id.desc()).limit(1)).one()
    return title, body


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
    mine = statement.where(Post.deleted_at.is_(None), written_by(user.id)).order_by(Post.id.desc())
    return session.scalars(mine.options(*_credits_loaded()).limit(1)).unique().first()


def credits_of(session: Session, post_ids: Sequence[int]) -> Iterable[tuple[int, str, Credit]]:
    """Authors and tags of several posts in one statement: (post id, "author" or "tag", credit), in order."""
    if not post_ids:
        return []
    authors = (
        select(
            UserPostAssociation.post_id.label("post_id"),
            literal("author").label("kind"),
            UserPostAssociation.byline_order.label("place"),
            User.username.label("key"),
            User.display_name.label("name"),
        )
        .join(UserPostAssociation.rel_user)
        .where(UserPostAssociation.post_id.in_(post_ids))
    )
    tags = (
        select(PostTagAssociation.post_id, literal("tag"), PostTagAssociation.position, Tag.slug, Tag.name)
        .join(PostTagAssociation.rel_tag)
        .where(PostTagAssociation.post_id.in_(post_ids))
    )
    both = union_all(authors, tags).subquery()
    rows = session.execute(select(both).order_by(both.c.post_id, both.c.kind, both.c.place))
    return [(row.post_id, row.kind, Credit(row.key, row.name)) for row in rows]


def _credits_loaded() -> tuple[ExecutableOption, ...]:
    return (
        _authors_loaded(),
        selectinload(Post.rel_tag_associations).joinedload(PostTagAssociation.rel_tag, innerjoin=True),
    )


def _authors_loaded() -> ExecutableOption:
    # Inner joins: an association without its user or tag cannot exist.
    return joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user, innerjoin=True)


def stands_at(post_id: ColumnElement[int] | int) -> tuple[ColumnElement[bool], ...]:
    """The revisions of which the newest one is where a post stands."""
    is_conflict = PostRevision.post_revision_type_lookup_code == PostRevisionType.CONFLICT
    return PostRevision.post_id == post_id, not_(is_conflict)


def list_page(
    session: Session, now: datetime, statement: Summaries, moment: MomentColumn, before: Cursor | None
) -> Page:
    """A page of a list, newest first by the given moment: one statement for the posts, one for all credits."""
    # One row more than shown tells whether there is another page, without counting.
    rows = session.execute(newest(statement, moment, before).limit(PAGE_SIZE + 1)).all()
    return page_of(session, now, rows, moment)


def page_of(
    session: Session, now: datetime, rows: Sequence[Row[Any]], moment: MomentColumn, first: Sequence[Row[Any]] = ()
) -> Page:
    """The page that these rows make; `first` stand before it and do not count."""
    items = [_summary(row, now) for row in (*first, *rows[:PAGE_SIZE])]
    _add_credits(session, items)
    if len(rows) <= PAGE_SIZE:
        return Page(items, None)
    return Page(items, Cursor(getattr(rows[PAGE_SIZE - 1], moment.key), items[-1].id))


def _summary(row: Row[Any], now: datetime) -> PostSummary:
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
    )


def _add_credits(session: Session, items: Sequence[PostSummary]) -> None:
    by_id = {item.id: item for item in items}
    for post_id, kind, credit in credits_of(session, list(by_id)):
        item = by_id[post_id]
        (item.authors if kind == "author" else item.tags).append(credit)
