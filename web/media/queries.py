"""Reads images. Lists take only the columns they print."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, joinedload, load_only

from web.database.locks import locking_only
from web.media.cards import Card
from web.models.media import Media, PostMediaAssociation
from web.models.post import Post, UserPostAssociation
from web.models.post_revision import PostRevision
from web.models.rescued_text import RescuedText
from web.models.user import User

PAGE_SIZE = 24

IS_USED = exists().where(PostMediaAssociation.media_id == Media.id)
# In the order of the fields of `Card`.
COLUMNS = (Media.id, Media.name, Media.file_name, Media.alt, Media.byte_size, User.display_name, IS_USED)
# What the rules and the links need of a post.
POST_COLUMNS = (
    Post.id,
    Post.version,
    Post.slug,
    Post.title,
    Post.post_status_lookup_code,
    Post.post_visibility_lookup_code,
    Post.published_at,
    Post.deleted_at,
)


class Shelf(NamedTuple):
    """A page of images, newest first. `older` is the number to go on before, None on the last page."""

    items: Sequence[Card]
    older: int | None


def shelf(session: Session, user: User, words: str, before: int | None) -> Shelf:
    """A page of the images that somebody may see, with the words in name or description."""
    statement = select(*COLUMNS).outerjoin(Media.rel_user).where(visible_to(user))
    for word in words.split():
        statement = statement.where(
            or_(Media.file_name.icontains(word, autoescape=True), Media.alt.icontains(word, autoescape=True))
        )
    if before is not None:
        statement = statement.where(Media.id < before)
    # One row more than shown tells whether there is another page, without counting.
    rows = session.execute(statement.order_by(Media.id.desc()).limit(PAGE_SIZE + 1)).all()
    items = [Card(*row) for row in rows[:PAGE_SIZE]]
    return Shelf(items, items[-1].id if len(rows) > PAGE_SIZE else None)


def visible_to(user: User) -> ColumnElement[bool]:
    """Narrows a list to what somebody may see: the rule `may_see` as a WHERE."""
    if user.may_manage:
        return Media.id.is_not(None)
    return Media.user_id == user.id if user.may_publish else Media.id.in_([])


def find_media(session: Session, media_id: int, *, hold: bool = False) -> Media | None:
    """An image with its owner. With `hold` no post can begin to show it until this unit of work is over."""
    statement = select(Media).where(Media.id == media_id).options(joinedload(Media.rel_user))
    if hold:
        statement = locking_only(session, statement, Media, media_id)
    return session.scalars(statement).one_or_none()


def find_by_digest(session: Session, digest: str) -> Media | None:
    """The image with this digest."""
    return session.scalars(select(Media).where(Media.digest == digest)).one_or_none()


def names_by_digest(session: Session, digests: Sequence[str]) -> dict[str, str]:
    """The names of those images that have one of the digests; no statement for none."""
    if not digests:
        return {}
    rows = session.execute(select(Media.digest, Media.name).where(Media.digest.in_(digests)))
    return {row.digest: row.name for row in rows}


def lock_owner(session: Session, user_id: int) -> User | None:
    """Somebody whose images nobody else adds to or takes away from until this unit of work is over."""
    statement = select(User).where(User.id == user_id).with_for_update(key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def posts_showing(session: Session, media: Media) -> list[Post]:
    """The posts that show an image with their authors, last changed first, whoever may see them.

    Where no text shows it, those whose link previews do: for them a second statement reads every post.
    """
    uses = select(PostMediaAssociation.post_id).where(PostMediaAssociation.media_id == media.id)
    previews = select(Post.id).where(Post.social_image.contains(media.digest))
    return _posts_among(session, uses) or _posts_among(session, previews)


def posts_remembering(session: Session, media: Media) -> list[Post]:
    """The posts of which a revision shows an image, with their authors, whoever may see them. Reads every revision."""
    remembered = select(PostRevision.post_id).where(PostRevision.body.contains(media.digest))
    return _posts_among(session, remembered)


def is_rescued(session: Session, media: Media) -> bool:
    """Whether words that somebody sent in vain show an image."""
    return (
        session.scalars(select(RescuedText.id).where(RescuedText.body.contains(media.digest)).limit(1)).first()
        is not None
    )


def uses_of(session: Session, post: Post) -> list[PostMediaAssociation]:
    """Which images a post is known to show."""
    return list(session.scalars(select(PostMediaAssociation).where(PostMediaAssociation.post_id == post.id)))


def find_to_show(session: Session, digests: Collection[str]) -> list[Media]:
    """The images with these digests, as far as there are any; none can be deleted until this unit of work is over."""
    if not digests:
        return []
    statement = select(Media).where(Media.digest.in_(digests)).with_for_update(read=True, key_share=True)
    return list(session.scalars(statement))


def abandoned(session: Session, before: datetime, *, hold: bool = False) -> list[Media]:
    """Images uploaded before then, along with a text, that no saved or rescued text and no link preview shows."""
    in_revision = exists().where(PostRevision.body.contains(Media.digest))
    in_rescued = exists().where(RescuedText.body.contains(Media.digest))
    in_preview = exists().where(Post.social_image.contains(Media.digest))
    is_old = Media.is_kept.is_(False), Media.created_at < before
    statement = select(Media).where(*is_old, ~IS_USED, ~in_revision, ~in_rescued, ~in_preview).order_by(Media.id)
    return list(session.scalars(statement.with_for_update() if hold else statement))


def _posts_among(session: Session, ids: Select[int]) -> list[Post]:
    authors = joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user)
    statement = select(Post).where(Post.id.in_(ids)).order_by(Post.updated_at.desc(), Post.id.desc())
    return list(session.scalars(statement.options(load_only(*POST_COLUMNS, raiseload=True), authors)).unique())
