"""Keeps what lists are found by in step with the posts: from when on a post stands in lists is noted with it, with each
of its authors and with each of its tags, and tags know of how many posts.

Whoever changes a post's date, state, visibility, kind, words or authors says so here, in the same transaction.
"""

from collections.abc import Mapping

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from web.listing import queries
from web.models.post import Post
from web.models.tag import PostTagAssociation, Tag

COUNT = (
    update(Tag)
    .where(Tag.id == bindparam("tag"))
    .values(listed_count=Tag.listed_count + bindparam("more"))
    .execution_options(synchronize_session=False)
)


def keep_listed(session: Session, post: Post) -> None:
    """Note where a post stands in lists now. Its authors must be loaded; no statement where nothing has changed."""
    before, after = post.listed_at, post.appears_at
    post.listed_at = after
    for association in post.rel_user_associations:
        association.listed_at, association.changed_at = after, post.updated_at
    if before == after:
        return
    tagged = update(PostTagAssociation).where(PostTagAssociation.post_id == post.id)
    session.execute(tagged.values(listed_at=after).execution_options(synchronize_session="evaluate"))
    more = (after is not None) - (before is not None)
    if more:
        count(session, dict.fromkeys(queries.tags_of(session, post.id), more))


def count(session: Session, changes: Mapping[int, int]) -> None:
    """Add to the numbers of listed posts of these tags; no statement for none."""
    # In order, so that two who count the same tags at the same moment do not wait for each other.
    rows = [{"tag": tag, "more": more} for tag, more in sorted(changes.items())]
    if rows:
        session.flush()
        session.connection().execute(COUNT, rows)


def rebuild(session: Session) -> None:
    """Note and count everything anew."""
    for statement in queries.ANEW:
        session.execute(statement)


def find_faults(session: Session) -> dict[str, int]:
    """What is out of step: how many posts, authors' and tags' notes of posts, and tags' numbers; nothing for none."""
    found = {name: session.scalars(statement).one() for name, statement in queries.FAULTS.items()}
    return {name: number for name, number in found.items() if number}
