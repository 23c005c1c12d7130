"""Keeps in mind which posts show which images."""

from sqlalchemy.orm import Session

from web.html.pictures import PREFIX, digests_in
from web.media.queries import find_to_show, uses_of
from web.models.media import PostMediaAssociation
from web.models.post import Post


def record_uses(session: Session, post: Post, text: str, before: str | None) -> None:
    """Note the images that a post's text shows now. `before` is the text for which this was called last, if known.

    At most two reads, and none where both texts show the same images.
    """
    wanted = digests_in(text)
    if before is not None and wanted == digests_in(before):
        return
    present = {use.media_id: use for use in uses_of(session, post)}
    _add(session, post, wanted, present)
    for use in present.values():
        session.delete(use)


def add_uses(session: Session, post: Post, text: str, before: str) -> None:
    """Note the images that changes of a post show and `before` did not, besides those that it shows already."""
    wanted = digests_in(text) - digests_in(before)
    if wanted:
        _add(session, post, wanted, {use.media_id: use for use in uses_of(session, post)})


def keep_images(session: Session, text: str) -> None:
    """Keep the images of a text that stands in no post, so that it can still be put into one with all of them."""
    for media in find_to_show(session, digests_in(text)):
        media.keep()


def keep_image(session: Session, address: str, base_url: str) -> bool:
    """Keep the image at an address, which nobody can delete then until this unit of work is over, and not unseen after.

    False where it would have to be among the images of this blog, whose addresses begin with `base_url`, and is not.
    """
    found = find_to_show(session, digests_in(address))
    for media in found:
        media.keep()
    return bool(found) or not address.startswith((PREFIX, base_url + PREFIX))


def _add(session: Session, post: Post, wanted: set[str], present: dict[int, PostMediaAssociation]) -> None:
    # What was present already is taken out of `present`.
    for media in find_to_show(session, wanted):
        media.keep()
        if present.pop(media.id, None) is None:
            session.add(PostMediaAssociation(rel_post=post, rel_media=media))
