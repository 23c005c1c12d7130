"""The tags of a post: found by slug, made when there is none, in the order they were typed."""

from hashlib import blake2b

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.drafts.queries import find_tags
from web.drafts.slugs import to_slug
from web.listing.actions import count
from web.models.post import SLUG_LIMIT, Post
from web.models.tag import PostTagAssociation, Tag
from web.search.actions import index_tags


def get_or_make_tags(session: Session, names: list[str]) -> list[Tag]:
    """The tags of these names without repetition. Names that give the same slug are the same tag."""
    wanted = {slug: name for name in reversed(names) if (slug := tag_slug(name))}
    in_order = tag_slugs(names)
    found = {tag.slug: tag for tag in find_tags(session, list(wanted))}
    for slug in in_order:
        if slug not in found:
            found[slug] = _make(session, slug, wanted[slug])
    return [found[slug] for slug in in_order]


def tag_slugs(names: list[str]) -> list[str]:
    """The slugs of these names in their order, without repetition."""
    return list(dict.fromkeys(filter(None, map(tag_slug, names))))


def set_tags(session: Session, post: Post, tags: list[Tag]) -> None:
    """Make `tags` the tags of a stored post whose associations are loaded."""
    present = {association.tag_id: association for association in post.rel_tag_associations}
    changes = {tag.id: 1 for tag in tags if tag.id not in present}
    for position, tag in enumerate(tags):
        association = present.pop(tag.id, None)
        if association is None:
            added = PostTagAssociation(rel_post=post, rel_tag=tag, position=position, listed_at=post.listed_at)
            session.add(added)
        else:
            association.position = position
    for association in present.values():
        post.rel_tag_associations.remove(association)
        changes[association.tag_id] = -1
    if post.listed_at is not None:
        count(session, changes)


def tag_slug(name: str) -> str:
    """The address of a tag; for a name without any letter or digit, its code points, or a digest of many."""
    points = "-".join(f"u{ord(character):x}" for character in name if not character.isspace())
    digest = blake2b(points.encode(), digest_size=16).hexdigest()
    return to_slug(name) or (points if len(points) <= SLUG_LIMIT else f"u-{digest}")


def _make(session: Session, slug: str, name: str) -> Tag:
    # Somebody else may make the same tag at the same moment: the constraint decides who was first.
    try:
        with session.begin_nested():
            tag = Tag(slug=slug, name=name)
            session.add(tag)
        index_tags(session, [tag])
        return tag
    except IntegrityError:
        return find_tags(session, [slug])[0]
