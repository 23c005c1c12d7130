"""Reads what lists are found by, and compares it with the posts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.orm import Session

from web.models.post import Post, UserPostAssociation
from web.models.tag import PostTagAssociation, Tag

# The plain rule, on which everything else is built.
APPEARS_AT = case((Post.can_be_listed(), Post.published_at))
COUNTED = (
    select(func.count())
    .where(PostTagAssociation.tag_id == Tag.id, PostTagAssociation.listed_at.is_not(None))
    .scalar_subquery()
)


def tags_of(session: Session, post_id: int) -> Sequence[int]:
    """The numbers of the tags of a post."""
    statement = select(PostTagAssociation.tag_id).where(PostTagAssociation.post_id == post_id)
    return session.scalars(statement).all()


def _of_post(column: Any, association: type[UserPostAssociation | PostTagAssociation]) -> Any:
    return select(column).where(Post.id == association.post_id).scalar_subquery()


def _anew(*statements: Any) -> list[Any]:
    return [statement.execution_options(synchronize_session=False) for statement in statements]


ANEW = _anew(
    update(Post).values(listed_at=APPEARS_AT, version=Post.version),
    update(UserPostAssociation).values(
        listed_at=_of_post(Post.listed_at, UserPostAssociation),
        changed_at=_of_post(Post.updated_at, UserPostAssociation),
    ),
    update(PostTagAssociation).values(listed_at=_of_post(Post.listed_at, PostTagAssociation)),
    update(Tag).values(listed_count=COUNTED),
)
FAULTS = {
    "posts": select(func.count()).select_from(Post).where(Post.listed_at.is_distinct_from(APPEARS_AT)),
    "authors": select(func.count())
    .select_from(UserPostAssociation)
    .join(UserPostAssociation.rel_post)
    .where(
        or_(
            UserPostAssociation.listed_at.is_distinct_from(Post.listed_at),
            UserPostAssociation.changed_at != Post.updated_at,
        )
    ),
    "tags": select(func.count())
    .select_from(PostTagAssociation)
    .join(PostTagAssociation.rel_post)
    .where(PostTagAssociation.listed_at.is_distinct_from(Post.listed_at)),
    "numbers": select(func.count()).select_from(Tag).where(Tag.listed_count != COUNTED),
}
