"""Notes what is related to a post, when it is saved: what has most tags in common with it, of the newest with each."""

from sqlalchemy import delete, insert, or_
from sqlalchemy.orm import Session

from web.models.post import Post
from web.models.related import PostPostAssociation
from web.search.queries import sharing_tags


def relate(session: Session, post: Post) -> None:
    """Note which posts have tags in common with a stored one. Its tags must be loaded."""
    session.flush()
    is_about = or_(PostPostAssociation.post_id == post.id, PostPostAssociation.related_post_id == post.id)
    session.execute(delete(PostPostAssociation).where(is_about))
    if post.rel_tag_associations:
        columns = ["post_id", "related_post_id", "shared_count"]
        session.execute(insert(PostPostAssociation).from_select(columns, sharing_tags(post)))
