"""Keeps in mind which posts show which images."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from web.html.pictures import digests_in
from web.media.queries import find_to_show, uses_of
from web.models.media import PostMediaAssociation
from web.models.post import Post


def record_uses(session: Session, post: Post, texts: Iterable[str], before: Iterable[str] = ()) -> None:
    """Note the images that a post's texts show now; `before` is what they were when this was last called.

    At most two reads, and none where both show the same images. Whoever stores further texts of a post, such as
    changes that are not published yet, hands them over too, or their images count as unused.
    """
    wanted = digests_in(*texts)
    if wanted == digests_in(*before):
        return
    present = {use.media_id: use for use in uses_of(session, post)}
    for media in find_to_show(session, wanted):
        media.keep()
        if present.pop(media.id, None) is None:
            session.add(PostMediaAssociation(rel_post=post, rel_media=media))
    for use in present.values():
        session.delete(use)
